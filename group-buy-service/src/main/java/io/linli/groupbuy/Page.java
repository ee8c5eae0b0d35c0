package io.linli.groupbuy;

import io.linli.kit.web.Problem;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One page of a list and the opaque cursor of the next, absent on the last page.
public record Page<T>(List<T> items, @Nullable String next) {
    private static final UUID LAST = new UUID(-1, -1);
    private static final int PLACE_BYTES = Long.BYTES * 2 + Integer.BYTES;

    /// Which page is asked for: at most `limit` rows after `cursor`, which must have come from a page before.
    public record Request(int limit, @Nullable String cursor) {

        /// One row more than the page shows whether there is a next one.
        public int rows() {
            return limit + 1;
        }

        /// The id that the page stays below, in a list of falling ids. *Errors:* 400 `cursor-invalid`.
        public UUID below() {
            if (cursor == null) {
                return LAST;
            }
            var bytes = decode(cursor, Long.BYTES * 2);
            return new UUID(bytes.getLong(), bytes.getLong());
        }

        /// The number that the page stays above, in a list of rising numbers. *Errors:* 400 `cursor-invalid`.
        public int above() {
            return cursor == null ? 0 : decode(cursor, Integer.BYTES).getInt();
        }

        /// The place that the page stays after, in a list ordered by places; empty for the first page.
        /// *Errors:* 400 `cursor-invalid`.
        public Optional<Place> after() {
            if (cursor == null) {
                return Optional.empty();
            }
            var bytes = decode(cursor, PLACE_BYTES);
            return Optional.of(new Place(new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt()));
        }
    }

    /// Where a row stands: the same id may have several rows, by number.
    public record Place(UUID id, int number) {}

    /// The page made of rows read with `request`, in a list of falling ids.
    public static <T> Page<T> byId(List<T> rows, Request request, Function<T, UUID> id) {
        return of(rows, request, last -> {
            var place = id.apply(last);
            return ByteBuffer.allocate(Long.BYTES * 2)
                    .putLong(place.getMostSignificantBits())
                    .putLong(place.getLeastSignificantBits());
        });
    }

    /// The page made of rows read with `request`, in a list of rising numbers.
    public static <T> Page<T> byNumber(List<T> rows, Request request, Function<T, Integer> number) {
        return of(rows, request, last -> ByteBuffer.allocate(Integer.BYTES).putInt(number.apply(last)));
    }

    /// The page made of rows read with `request`, in a list ordered by places.
    public static <T> Page<T> byPlace(List<T> rows, Request request, Function<T, Place> place) {
        return of(rows, request, last -> {
            var at = place.apply(last);
            return ByteBuffer.allocate(PLACE_BYTES)
                    .putLong(at.id().getMostSignificantBits())
                    .putLong(at.id().getLeastSignificantBits())
                    .putInt(at.number());
        });
    }

    private static <T> Page<T> of(List<T> rows, Request request, Function<T, ByteBuffer> place) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        var shown = rows.subList(0, request.limit());
        var cursor = place.apply(shown.getLast()).array();
        return new Page<>(shown, Base64.getUrlEncoder().withoutPadding().encodeToString(cursor));
    }

    private static ByteBuffer decode(String cursor, int length) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length == length) {
                return ByteBuffer.wrap(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "cursor-invalid");
        }
        throw Problem.of(HttpStatus.BAD_REQUEST, "cursor-invalid");
    }
}
