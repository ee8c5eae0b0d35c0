package io.linli.dispatch.assignment;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `linli.dispatch.assignment`: how long a round may plan and what it weighs.
///
/// @param planSteps of the search
/// @param planMax after which a search ends, however far it is; the volunteers on shift are locked meanwhile
/// @param atDoor what each task takes at its door
/// @param aheadMax how long before its window a task may be offered
/// @param lateWeight seconds of walking that a second of lateness is worth
/// @param fairWeight seconds of walking for the square of a minute by which somebody has done more than others
/// @param closedBuildingQualifications skills and trainings that a closed building needs
@ConfigurationProperties("linli.dispatch.assignment")
public record AssignmentSettings(
        @DefaultValue("2000") int planSteps,
        @DefaultValue("400ms") Duration planMax,
        @DefaultValue("60s") Duration atDoor,
        @DefaultValue("30m") Duration aheadMax,
        @DefaultValue("5") int lateWeight,
        @DefaultValue("0.05") double fairWeight,
        @DefaultValue("hygiene") Set<String> closedBuildingQualifications) {}
