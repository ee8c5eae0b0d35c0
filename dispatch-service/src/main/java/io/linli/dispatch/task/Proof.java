package io.linli.dispatch.task;

import org.jspecify.annotations.Nullable;

/// What shows that something stands at its door, or is done.
///
/// *Shape*: kind is photo, code or voice; sha256 is lower-case hex of what the reference leads to. A photo has both; of
/// a
/// code or a voice the reference may tell more.
record Proof(
        String kind, @Nullable String reference, @Nullable String sha256) {}
