package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTests {

    @TempDir
    Path directory;

    /// Starts a server, writes, and dies without stopping it.
    static final class CrashingOwner {
        static void main(String[] arguments) throws SQLException {
            var server = EmbeddedPostgresServer.durable(Path.of(arguments[0]), Path.of(arguments[1]), 0);
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void a_server_left_by_a_crashed_run_is_ended_and_its_data_taken_up() throws Exception {
        var binaries = TestServers.projectRoot().resolve("target/test-servers/binaries");
        crashingOwner(binaries);
        long left = postmaster();
        assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isPresent();

        try (var server = EmbeddedPostgresServer.durable(directory.resolve("data"), binaries, 0)) {
            assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(read(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(read(server, "SHOW fsync")).isEqualTo("on");
            assertThat(read(server, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    private void crashingOwner(Path binaries) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        CrashingOwner.class.getName(),
                        directory.resolve("data").toString(),
                        binaries.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("owner.log").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        var owner = builder.start();
        assertThat(owner.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(owner.exitValue())
                .as(Files.readString(directory.resolve("owner.log")))
                .isEqualTo(9);
    }

    private long postmaster() throws Exception {
        return Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
