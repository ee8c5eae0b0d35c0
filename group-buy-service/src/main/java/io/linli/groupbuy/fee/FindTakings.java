package io.linli.groupbuy.fee;

import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// What others than the supplier take in a community, inside the caller's transaction.
@Service
public class FindTakings {
    private final FeeCaps feeCaps;
    private final FundShares fundShares;

    FindTakings(FeeCaps feeCaps, FundShares fundShares) {
        this.feeCaps = feeCaps;
        this.fundShares = fundShares;
    }

    /// *Units:* parts in a thousand.
    ///
    /// @param cap what leaders and couriers may take at most
    /// @param fundPerMille what the community fund takes of every order
    public record Takings(FeeCap cap, int fundPerMille) {}

    public Mono<Takings> handle(UUID community) {
        return feeCaps.get(community).zipWith(fundShares.get(community), Takings::new);
    }
}
