package io.linli.community.closure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How planned closures come into force, under `linli.community.closure`; how often is `every` (2 s).
///
/// @param batch how many of them come into force in one look
@ConfigurationProperties("linli.community.closure")
record ClosureSettings(@DefaultValue("100") int batch) {}
