package io.linli.kit.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;

/// A fresh, empty database on the build's PostgreSQL with the two roles a service knows: the owner, who migrates, and
/// the application, which is neither owner nor superuser and cannot pass row-level security.
public final class TestDatabase implements AutoCloseable {

    private final TestServers servers;
    private final String name;
    private final String password = UUID.randomUUID().toString();

    private TestDatabase(TestServers servers, String name) {
        this.servers = servers;
        this.name = name;
    }

    /// Creates the database and its roles.
    public static TestDatabase create() {
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        var database = new TestDatabase(TestServers.get(), name);
        database.asSuperuser(List.of(
                "CREATE ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD '%s'"
                        .formatted(database.ownerUsername(), database.password),
                "CREATE ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD '%s'"
                        .formatted(database.username(), database.password),
                "CREATE DATABASE %s OWNER %s".formatted(name, database.ownerUsername())));
        return database;
    }

    /// What a service needs to use it, as `linli.database.*`.
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("linli.database.host", host());
        properties.put("linli.database.port", Integer.toString(port()));
        properties.put("linli.database.name", name);
        properties.put("linli.database.username", username());
        properties.put("linli.database.password", password);
        properties.put("linli.database.owner-username", ownerUsername());
        properties.put("linli.database.owner-password", password);
        return properties;
    }

    /// Adds [#properties] to a Spring test from its `@DynamicPropertySource` method.
    public void register(DynamicPropertyRegistry registry) {
        properties().forEach((key, value) -> registry.add(key, () -> value));
    }

    public String host() {
        return servers.postgresHost();
    }

    public int port() {
        return servers.postgresPort();
    }

    public String name() {
        return name;
    }

    public String username() {
        return name + "_app";
    }

    public String ownerUsername() {
        return name + "_owner";
    }

    public String password() {
        return password;
    }

    /// Plain JDBC as the superuser, past row-level security: for assertions and for preparing what no route offers.
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource(servers.postgresSuperuser()));
    }

    /// Plain JDBC as the application, under row-level security.
    public JdbcClient jdbcAsApplication() {
        return JdbcClient.create(dataSource(username()));
    }

    /// A connection as the superuser, for a test that holds a transaction open.
    public Connection connect() throws SQLException {
        return dataSource(servers.postgresSuperuser()).getConnection();
    }

    private DataSource dataSource(String user) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {host()});
        dataSource.setPortNumbers(new int[] {port()});
        dataSource.setDatabaseName(name);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    @Override
    public void close() {
        asSuperuser(List.of(
                "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name),
                "DROP ROLE IF EXISTS %s".formatted(username()),
                "DROP ROLE IF EXISTS %s".formatted(ownerUsername())));
    }

    private void asSuperuser(List<String> statements) {
        try (var connection = DriverManager.getConnection(servers.jdbcUrl("postgres"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("preparing database " + name, failed);
        }
    }
}
