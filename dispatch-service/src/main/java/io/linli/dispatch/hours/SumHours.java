package io.linli.dispatch.hours;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// How much volunteers gave of late. Runs inside the caller's transaction.
@Component
public class SumHours {

    private final Hours hours;

    SumHours(Hours hours) {
        this.hours = hours;
    }

    /// What one volunteer gave; *Units*: whole minutes.
    ///
    /// @param today since the day began in their community
    /// @param recently in the time asked about
    public record Given(long today, long recently) {
        public static final Given NOTHING = new Given(0, 0);
    }

    /// By volunteer; who gave nothing is not in the map. A correction that takes more than was given counts as nothing.
    public Mono<Map<UUID, Given>> sum(Collection<UUID> volunteers, Duration recently, Instant now) {
        return hours.sum(volunteers, now.minus(recently), now).map(SumHours::toMinutes);
    }

    private static Map<UUID, Given> toMinutes(List<Hours.Sum> sums) {
        return sums.stream()
                .collect(toMap(Hours.Sum::member, sum -> new Given(minutes(sum.today()), minutes(sum.recently()))));
    }

    private static long minutes(long seconds) {
        return Math.max(0, Duration.ofSeconds(seconds).toMinutes());
    }
}
