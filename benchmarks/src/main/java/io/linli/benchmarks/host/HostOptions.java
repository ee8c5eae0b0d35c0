package io.linli.benchmarks.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How the measured processes are started.
///
/// @param project the folder with the modules, for their boot jars
/// @param home scratch: the database, the broker's files, logs
/// @param serviceJvm options of the services' JVMs
/// @param postgres settings of PostgreSQL; fsync and synchronous_commit are on whatever stands here
public record HostOptions(Path project, Path home, List<String> serviceJvm, Map<String, String> postgres) {}
