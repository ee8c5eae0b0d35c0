package io.linli.groupbuy.ordering.desk;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Nobody waits for anything of a group buy any more, inside the caller's transaction, which holds the group buy.
@Service
public class EmptyWaitlist {
    private final Waitlists waitlists;

    EmptyWaitlist(Waitlists waitlists) {
        this.waitlists = waitlists;
    }

    /// A household that waited, and who waited for it when that was somebody else.
    public record Waiting(UUID household, @Nullable UUID buyer) {}

    /// Who waited until now, each household once per member who waited for it.
    public Mono<Set<Waiting>> handle(UUID groupBuy) {
        return waitlists.empty(groupBuy);
    }
}
