package io.linli.kit.messaging;

import java.util.UUID;

/// A fact other services may hear.
///
/// @param type `<aggregate>.<past-tense>.v<N>`, also the routing key
/// @param subject the aggregate it happened to
/// @param data a record; becomes the JSON body
public record Event(UUID community, String type, UUID subject, Object data) {}
