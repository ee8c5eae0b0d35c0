package io.linli.groupbuy.capacity;

import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.util.List;
import org.springframework.http.HttpStatus;

/// Whether there is room for a load on its day.
public sealed interface Room {

    /// Both have room for it.
    record Enough() implements Room {}

    /// One of them could not be asked, or there is no day to ask about; who was asked has room.
    record Unknown() implements Room {}

    /// There is less room than the load takes up. *Units:* whole litres and kilograms, needs rounded up.
    record TooLittle(List<Shortage> shortages) implements Room {}

    record Shortage(String field, long needed, long free) {}

    /// Whether the room is unknown. *Errors:* 422 `capacity-exceeded`, naming what is short and by how much.
    default boolean isUncheckedOrRefused() {
        return switch (this) {
            case Enough _ -> false;
            case Unknown _ -> true;
            case TooLittle(var shortages) -> throw refusal(shortages);
        };
    }

    /// The same, where nobody is there to be refused: too little room is as good as none that was promised.
    default Room unrefused() {
        return this instanceof TooLittle ? new Unknown() : this;
    }

    private static Problem refusal(List<Shortage> shortages) {
        var first = shortages.getFirst();
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "capacity-exceeded",
                        first.field(),
                        first.needed(),
                        first.free())
                .errors(shortages.stream()
                        .map(shortage -> new FieldError(
                                shortage.field(), "needed " + shortage.needed() + ", free " + shortage.free()))
                        .toList());
    }
}
