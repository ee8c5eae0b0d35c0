package io.linli.groupbuy.community;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How community-service is reached.
///
/// @param timeoutMillis how long one call may take
/// @param askedMax how many households or addresses one call asks for; the contract allows 500
/// @param callsMax how many calls are under way at once for one question
@ConfigurationProperties("linli.groupbuy.community")
record CommunitySettings(
        @DefaultValue("http://127.0.0.1:8081") String url,
        @DefaultValue("3000") long timeoutMillis,
        @DefaultValue("500") int askedMax,
        @DefaultValue("2") int callsMax) {}
