package io.linli.groupbuy.fee;

import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// How many thousandths of every order the fund of a community takes, inside the caller's transaction.
@Service
public class FindFundShare {
    private final FundShares fundShares;

    FindFundShare(FundShares fundShares) {
        this.fundShares = fundShares;
    }

    public Mono<Integer> handle(UUID community) {
        return fundShares.get(community);
    }
}
