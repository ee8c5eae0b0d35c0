package io.linli.dispatch.task;

import io.linli.kit.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What shows that something stands at its door, or is done.
///
/// *Shape*: kind is photo, code or voice; sha256 is lower-case hex of what the reference leads to. A photo has both; of
/// a
/// code or a voice the reference may tell more.
record Proof(
        String kind, @Nullable String reference, @Nullable String sha256) {

    private static final String PHOTO = "photo";

    /// *Errors:* 422 `photo-incomplete` for a photo that nobody can check later.
    static Proof of(String kind, @Nullable String reference, @Nullable String sha256) {
        if (kind.equals(PHOTO) && (reference == null || sha256 == null)) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "photo-incomplete");
        }
        return new Proof(kind, reference, sha256);
    }
}
