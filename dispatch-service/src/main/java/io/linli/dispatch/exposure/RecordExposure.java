package io.linli.dispatch.exposure;

import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// A volunteer takes on a task into a closed building. Runs inside the caller's transaction, and holds the volunteer's
/// row until it ends, so that several tasks taken at once do not pass the limit together.
@Component
public class RecordExposure {

    private final Exposures exposures;
    private final ExposureSettings settings;

    RecordExposure(Exposures exposures, ExposureSettings settings) {
        this.exposures = exposures;
        this.settings = settings;
    }

    public sealed interface Result {
        record Recorded() implements Result {}

        /// The volunteer may not enter another closed building now; nothing was recorded.
        record LimitReached(int closedBuildingsPerWeekMax) implements Result {}
    }

    /// A building entered before in these seven days is no further one.
    public Mono<Result> record(UUID community, UUID volunteer, UUID building, Instant now) {
        var max = settings.closedBuildingsPerWeekMax();
        return exposures
                .lock(community, volunteer)
                .then(exposures.add(new Exposures.Entry(community, volunteer, building), now, max))
                .map(added -> added ? new Result.Recorded() : new Result.LimitReached(max));
    }
}
