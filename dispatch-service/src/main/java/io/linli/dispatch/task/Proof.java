package io.linli.dispatch.task;

/// What shows that a parcel stands at its door.
///
/// *Shape*: kind is photo, code or voice; sha256 is lower-case hex of what the reference leads to.
record Proof(String kind, String reference, String sha256) {}
