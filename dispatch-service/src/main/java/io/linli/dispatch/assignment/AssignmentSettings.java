package io.linli.dispatch.assignment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set under `linli.dispatch.assignment`: how long a round may plan and what it weighs.
///
/// @param planSteps of the search
/// @param planMax after which a search ends, however far it is
/// @param plannersMax plans computed at once
/// @param plansWaitingMax plans that wait for their turn; more are refused and come with a later round
/// @param answerMax how long a coordinator waits for the candidates of a task
/// @param retryAfter when a round that failed is tried again
/// @param tasksMax waiting tasks that a round looks at, the oldest first
/// @param volunteersMax volunteers that a round looks at
/// @param aheadMax how long before its window a task may be offered
/// @param lateWeight seconds of walking that a second of lateness is worth
/// @param fairWeight seconds of walking for the square of a minute by which somebody has done more than others
@ConfigurationProperties("linli.dispatch.assignment")
public record AssignmentSettings(
        @DefaultValue("2000") int planSteps,
        @DefaultValue("300ms") Duration planMax,
        @DefaultValue("1") int plannersMax,
        @DefaultValue("64") int plansWaitingMax,
        @DefaultValue("5s") Duration answerMax,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("500") int tasksMax,
        @DefaultValue("200") int volunteersMax,
        @DefaultValue("30m") Duration aheadMax,
        @DefaultValue("5") int lateWeight,
        @DefaultValue("0.05") double fairWeight) {}
