package io.linli.kit.sample;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A note as it is written, stored, answered and published.
public record Note(
        @Nullable UUID noteId,
        @NotNull @Size(min = 1, max = 40) String text) {}
