package io.linli.local.system;

import io.linli.kit.testing.EmbeddedBroker;
import io.linli.kit.testing.EmbeddedPostgresServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// PostgreSQL and the broker: embedded and durable under the home folder, or the ones the environment names.
final class Infrastructure implements AutoCloseable {

    static final int POSTGRES_PORT = 10;
    static final int BROKER_PORT = 11;

    private final Home home;
    private final @Nullable EmbeddedPostgresServer postgres;
    private final @Nullable EmbeddedBroker broker;
    private final DatabaseServer server;
    private final String brokerUrl;

    /// Where PostgreSQL listens, and how its administrator logs in.
    record DatabaseServer(String host, int port, String adminUrl) {}

    private Infrastructure(
            Home home,
            @Nullable EmbeddedPostgresServer postgres,
            @Nullable EmbeddedBroker broker,
            DatabaseServer server,
            String brokerUrl) {
        this.home = home;
        this.postgres = postgres;
        this.broker = broker;
        this.server = server;
        this.brokerUrl = brokerUrl;
    }

    static Infrastructure start(
            Home home, int portBase, Secrets secrets, Map<String, String> environment, Progress say) {
        var postgresUrl = environment.get("LINLI_POSTGRES_URL");
        var rabbitmqUrl = environment.get("LINLI_RABBITMQ_URL");
        var postgres = postgresUrl == null ? startPostgres(home, portBase + POSTGRES_PORT, say) : null;
        try {
            var broker = rabbitmqUrl == null ? startBroker(home, portBase + BROKER_PORT, secrets, say) : null;
            var server = postgres == null ? parse(require(postgresUrl)) : embedded(postgres);
            return new Infrastructure(
                    home, postgres, broker, server, broker == null ? require(rabbitmqUrl) : broker.amqpUrl());
        } catch (RuntimeException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw e;
        }
    }

    private static EmbeddedPostgresServer startPostgres(Home home, int port, Progress say) {
        return say.timed("PostgreSQL on " + port, () -> {
            try {
                return EmbeddedPostgresServer.durable(home.postgresData(), home.postgresBinaries(), port);
            } catch (IllegalStateException e) {
                throw new CannotStart(e.getMessage() + "; see " + home.postgresData() + ".log", e);
            }
        });
    }

    private static EmbeddedBroker startBroker(Home home, int port, Secrets secrets, Progress say) {
        return say.timed("message broker on " + port, () -> {
            try {
                return EmbeddedBroker.durable(home.broker(), port, secrets.password("broker"));
            } catch (IllegalStateException e) {
                throw new CannotStart(e.getMessage() + "", e);
            }
        });
    }

    private static DatabaseServer embedded(EmbeddedPostgresServer postgres) {
        return new DatabaseServer(postgres.host(), postgres.port(), postgres.jdbcUrl("postgres"));
    }

    /// `postgres://user:password@host:port`, the administrator's.
    private static DatabaseServer parse(String url) {
        var uri = URI.create(url);
        var user = uri.getRawUserInfo();
        if (user == null || !user.contains(":") || uri.getHost() == null) {
            throw new CannotStart("LINLI_POSTGRES_URL must read postgres://user:password@host:port");
        }
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        int colon = user.indexOf(':');
        var jdbc = "jdbc:postgresql://%s:%d/postgres?user=%s&password=%s"
                .formatted(uri.getHost(), port, user.substring(0, colon), user.substring(colon + 1));
        return new DatabaseServer(URLDecoder.decode(uri.getHost(), StandardCharsets.UTF_8), port, jdbc);
    }

    private static String require(@Nullable String value) {
        return java.util.Objects.requireNonNull(value);
    }

    DatabaseServer databaseServer() {
        return server;
    }

    String brokerUrl() {
        return brokerUrl;
    }

    /// The embedded server's processes: pg_ctl detached them, so they are no children of this JVM.
    Stream<ProcessHandle> processes() {
        if (postgres == null) {
            return Stream.empty();
        }
        return PidFile.firstLine(home.postgresData().resolve("postmaster.pid"))
                .flatMap(ProcessHandle::of)
                .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .orElse(Stream.empty());
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
