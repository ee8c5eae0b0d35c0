package io.linli.dispatch.route;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `linli.dispatch.route`: how times are estimated where no assignment has planned them,
/// and how the live view behaves.
///
/// @param walkingMetresPerSecond along the paths
/// @param secondsPerFloor on the stairs, up and down
/// @param secondsPerFloorByLift in a building with a lift, up and down
/// @param atDoor what each stop takes
/// @param readEvery how often the live view looks for changes
/// @param repeatEvery after how long without a change the live view repeats itself
/// @param watchMax when the live view ends
@ConfigurationProperties("linli.dispatch.route")
public record RouteSettings(
        @DefaultValue("1.2") double walkingMetresPerSecond,
        @DefaultValue("24") int secondsPerFloor,
        @DefaultValue("6") int secondsPerFloorByLift,
        @DefaultValue("60s") Duration atDoor,
        @DefaultValue("1s") Duration readEvery,
        @DefaultValue("10s") Duration repeatEvery,
        @DefaultValue("15m") Duration watchMax) {}
