package io.linli.dispatch.training;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of trainings, under `linli.dispatch.trainings`.
///
/// @param validMax how long a training may count at most
@ConfigurationProperties("linli.dispatch.trainings")
public record TrainingSettings(@DefaultValue("1826d") Duration validMax) {}
