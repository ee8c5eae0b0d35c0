package io.linli.groupbuy.capacity;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the room for a group buy is asked for, under `linli.groupbuy.capacity`.
///
/// @param stationUrl where station-service listens
/// @param dispatchUrl where dispatch-service listens
/// @param timeoutMillis how long one of them may take to answer
/// @param carriedPerMille which part of the goods' weight is taken to go to the door
@ConfigurationProperties("linli.groupbuy.capacity")
public record CapacitySettings(String stationUrl, String dispatchUrl, long timeoutMillis, int carriedPerMille) {}
