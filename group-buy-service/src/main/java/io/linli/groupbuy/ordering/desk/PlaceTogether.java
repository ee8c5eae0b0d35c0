package io.linli.groupbuy.ordering.desk;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Places many orders of one group buy, all or none, by the desk's rules but inside the caller's transaction: the group
/// buy's lock keeps them apart from what the desk does meanwhile.
@Service
public class PlaceTogether {
    private final OrderBooks books;

    PlaceTogether(OrderBooks books) {
        this.books = books;
    }

    /// How many were placed. *Errors:* the first refusal as a problem.
    public Mono<Integer> handle(List<Ask.Place> asks, Instant now) {
        return books.load(List.copyOf(asks))
                .doOnNext(book -> asks.forEach(ask -> require(book.decide(ask, now))))
                .flatMap(books::store)
                .thenReturn(asks.size());
    }

    private static void require(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw Refusals.toProblem(refused);
        }
    }
}
