package io.linli.groupbuy.ordering.desk;

import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Nobody waits for anything of a group buy any more, inside the caller's transaction, which holds the group buy.
@Service
public class EmptyWaitlist {
    private final Waitlists waitlists;

    EmptyWaitlist(Waitlists waitlists) {
        this.waitlists = waitlists;
    }

    public Mono<Void> handle(UUID groupBuy) {
        return waitlists.empty(groupBuy);
    }
}
