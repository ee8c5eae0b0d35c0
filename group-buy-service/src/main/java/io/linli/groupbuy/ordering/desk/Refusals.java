package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.lifecycle.ChangeGroupBuy;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// How a refusal of the desk is told to the caller.
final class Refusals {
    private Refusals() {}

    static Problem toProblem(Outcome.Refused refused) {
        return switch (refused) {
            case Outcome.GroupBuyUnknown _ -> Problem.of(HttpStatus.NOT_FOUND, "group-buy-unknown");
            case Outcome.NotOpen(var groupBuy, var reason) -> ChangeGroupBuy.toProblem(reason, groupBuy);
            case Outcome.BuildingNotServed _ -> Problem.of(HttpStatus.FORBIDDEN, "building-not-served");
            case Outcome.ItemUnknown(var item) -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "item-unknown", item);
            case Outcome.LineRepeated(var item) ->
                Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "line-repeated", item.name());
            case Outcome.NothingLeft _ -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "order-empty");
            case Outcome.SoldOut(var item, var left, var place) -> shortage("sold-out", item, left, place);
            case Outcome.OverLimit(var item, var left) -> shortage("household-limit", item, left, null);
            case Outcome.OrderUnknown _ -> Problem.of(HttpStatus.NOT_FOUND, "order-unknown");
            case Outcome.AlreadyCancelled _ -> Problem.of(HttpStatus.CONFLICT, "already-cancelled");
            case Outcome.Decided _ -> Problem.of(HttpStatus.CONFLICT, "order-decided");
            case Outcome.Paid _ -> Problem.of(HttpStatus.CONFLICT, "order-paid");
        };
    }

    private static Problem shortage(String slug, Item item, int left, @Nullable Integer place) {
        var what = new ArrayList<FieldError>();
        what.add(new FieldError("itemId", item.id().toString()));
        what.add(new FieldError("left", Integer.toString(left)));
        if (place != null) {
            what.add(new FieldError("place", Integer.toString(place)));
        }
        return Problem.of(HttpStatus.CONFLICT, slug, item.name(), left).errors(what);
    }
}
