package io.linli.groupbuy.ordering.desk;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.ordering.Order;
import io.linli.kit.Trace;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import io.linli.kit.web.Writes;
import io.linli.kit.web.Writes.Claim;
import io.linli.kit.web.Writes.Done;
import io.r2dbc.spi.R2dbcException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/// Where all orders are placed and changed: asks are gathered per lane (a group buy always has the same lane), decided
/// by arrival and committed together, each answered only after the commit. *Source:* decision 11.
@Service
public class OrderDesk {
    private final Transactions transactions;
    private final OrderBooks books;
    private final Writes writes;
    private final Clock clock;
    private final GroupBuySettings.Desk settings;
    private final List<Lane<Waiting>> lanes;

    OrderDesk(Transactions transactions, OrderBooks books, Writes writes, Clock clock, GroupBuySettings settings) {
        this.transactions = transactions;
        this.books = books;
        this.writes = writes;
        this.clock = clock;
        this.settings = settings.desk();
        this.lanes = IntStream.range(0, this.settings.lanes())
                .mapToObj(_ -> new Lane<>(this.settings.waitingMax(), this.settings.batchMax(), this::serve))
                .toList();
    }

    /// One write at the desk.
    ///
    /// @param request its idempotency, or null for the desk's own timers
    /// @param toAnswer the JSON that is stored for a repetition of the request
    public record Slip(
            UUID community,
            Writes.@Nullable Request request,
            Ask ask,
            Instant arrivedAt,
            Function<Order, String> toAnswer) {}

    /// The order as it is now, or null for the stored answer to a repeated request; `answer` is the JSON of either,
    /// empty when there was nothing to do.
    public record Reply(@Nullable Order order, String answer) {
        boolean isReplay() {
            return order == null && !answer.isEmpty();
        }
    }

    private record Waiting(Slip slip, @Nullable String trace, Instant until, CompletableFuture<Signal<Reply>> reply) {}

    /// Queues the slip and answers once it is committed. Who goes away does not undo it.
    /// *Errors:* the refusals as problems; 429 `desk-busy` when too many wait; `TimeoutException` (503) when the
    /// database does not answer in time, and then a slip that has not been begun is not begun any more.
    public Mono<Reply> submit(Slip slip) {
        return Mono.deferContextual(context -> enqueue(slip, Trace.parent(context)))
                .timeout(settings.answerMax());
    }

    private Mono<Reply> enqueue(Slip slip, @Nullable String trace) {
        var until = clock.instant().plus(settings.answerMax());
        var waiting = new Waiting(slip, trace, until, new CompletableFuture<>());
        var lane = lanes.get(Math.floorMod(slip.ask().groupBuy().hashCode(), lanes.size()));
        return lane.offer(waiting)
                ? Mono.fromFuture(waiting.reply(), true).dematerialize()
                : Mono.error(
                        Problem.of(HttpStatus.TOO_MANY_REQUESTS, "desk-busy").retryAfter(Duration.ofSeconds(1)));
    }

    private CompletableFuture<?> serve(List<Waiting> gathered) {
        var now = clock.instant();
        var batch = gathered.stream().filter(each -> now.isBefore(each.until())).toList();
        return batch.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : commit(batch, true).toFuture();
    }

    /// One transaction for the batch. If it fails for something in it, its halves are tried, until what is wrong is
    /// alone; if the database is the reason, nobody is placed.
    private Mono<Void> commit(List<Waiting> batch, boolean again) {
        var communities = batch.stream().map(each -> each.slip().community()).collect(Collectors.toSet());
        return transactions
                .inAll(communities, () -> decide(batch))
                .doOnNext(verdicts -> verdicts.forEach(OrderDesk::tell))
                .then()
                .onErrorResume(failure -> recover(batch, toCause(failure), again));
    }

    /// Of statements sent together, those after the one that failed fail too; what they say is of no use.
    private static Throwable toCause(Throwable failure) {
        var all = Exceptions.unwrapMultiple(failure).stream()
                .map(each -> each == failure ? each : toCause(each))
                .toList();
        return all.stream()
                .filter(each -> !isAfterAFailure(each))
                .findFirst()
                .orElse(all.isEmpty() ? failure : all.getFirst());
    }

    private static boolean isAfterAFailure(Throwable failure) {
        return failure.getCause() instanceof R2dbcException told && "25P02".equals(told.getSqlState());
    }

    private Mono<Void> recover(List<Waiting> batch, Throwable failure, boolean again) {
        if (failure instanceof OptimisticLockingFailureException && again) {
            return commit(batch, false);
        }
        if (isOfTheDatabase(failure) || batch.size() == 1) {
            batch.forEach(each -> each.reply().complete(Signal.error(failure)));
            return Mono.empty();
        }
        var half = batch.size() / 2;
        return commit(batch.subList(0, half), true)
                .then(Mono.defer(() -> commit(batch.subList(half, batch.size()), true)));
    }

    /// The database is away or overloaded, so a smaller batch would not fare better.
    private static boolean isOfTheDatabase(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof TransactionException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransientDataAccessException
                        && !(failure instanceof OptimisticLockingFailureException);
    }

    /// What is told to one waiting caller after the commit, a refusal as a value too, because nobody may be there any
    /// more to hear it.
    private record Verdict(Waiting waiting, Signal<Reply> told) {}

    private static void tell(Verdict verdict) {
        verdict.waiting().reply().complete(verdict.told());
    }

    private Mono<List<Verdict>> decide(List<Waiting> batch) {
        var keyed = batch.stream().filter(each -> each.slip().request() != null).toList();
        return Mono.zip(
                        claim(keyed),
                        books.load(batch.stream().map(each -> each.slip().ask()).toList()),
                        (claims, book) -> decide(batch, keyed, claims, book))
                .flatMap(this::store);
    }

    private Mono<List<Claim>> claim(List<Waiting> keyed) {
        return keyed.isEmpty()
                ? Mono.just(List.of())
                : writes.claim(keyed.stream().map(each -> each.slip().request()).toList());
    }

    private record Decided(OrderBook book, List<Verdict> verdicts) {}

    private static Decided decide(List<Waiting> batch, List<Waiting> keyed, List<Claim> claims, OrderBook book) {
        var seen = new HashSet<String>();
        var verdicts = new ArrayList<Verdict>();
        var next = 0;
        for (var waiting : batch) {
            var request = waiting.slip().request();
            var claim = request == null ? null : claims.get(next++);
            verdicts.add(decide(waiting, claim, book, seen));
        }
        return new Decided(book, verdicts);
    }

    /// Two slips with one key in one batch: the first is decided, the second is told that the first is under way.
    private static Verdict decide(Waiting waiting, @Nullable Claim claim, OrderBook book, HashSet<String> seen) {
        try {
            var request = waiting.slip().request();
            if (request != null && claim != null) {
                if (!seen.add(request.community() + "|" + request.caller() + "|" + request.key())) {
                    throw Writes.inFlight();
                }
                var before = claim.decide(request);
                if (before.isPresent()) {
                    return new Verdict(waiting, Signal.next(new Reply(null, before.get())));
                }
            }
            book.changes().causedBy(waiting.trace());
            return toVerdict(
                    waiting, book.decide(waiting.slip().ask(), waiting.slip().arrivedAt()));
        } catch (Problem refusal) {
            return new Verdict(waiting, Signal.error(refusal));
        }
    }

    private static Verdict toVerdict(Waiting waiting, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted(var order) ->
                new Verdict(
                        waiting,
                        Signal.next(new Reply(order, waiting.slip().toAnswer().apply(order))));
            case Outcome.Unchanged _ -> new Verdict(waiting, Signal.next(new Reply(null, "")));
            case Outcome.Refused refused -> new Verdict(waiting, Signal.error(Refusals.toProblem(refused)));
        };
    }

    private Mono<List<Verdict>> store(Decided decided) {
        var done = decided.verdicts().stream()
                .flatMap(verdict -> toDone(verdict).stream())
                .toList();
        return Mono.whenDelayError(books.store(decided.book()), writes.store(done))
                .thenReturn(decided.verdicts());
    }

    private static Optional<Done> toDone(Verdict verdict) {
        var request = verdict.waiting().slip().request();
        var reply = verdict.told().get();
        return request == null || reply == null || reply.isReplay()
                ? Optional.empty()
                : Optional.of(new Done(request, reply.answer()));
    }
}
