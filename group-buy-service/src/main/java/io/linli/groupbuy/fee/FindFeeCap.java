package io.linli.groupbuy.fee;

import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What leaders of a community may take at most, inside the caller's transaction.
@Service
public class FindFeeCap {
    private final FeeCaps feeCaps;

    FindFeeCap(FeeCaps feeCaps) {
        this.feeCaps = feeCaps;
    }

    public Mono<FeeCap> handle(UUID community) {
        return feeCaps.get(community);
    }
}
