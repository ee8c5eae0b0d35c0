package io.linli.benchmarks.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/// The database of the measured service, as its superuser sees it: to prepare what no route offers, and to check.
///
/// @param application the role of the running service
/// @param password of that role and of the owner; the superuser needs none on loopback
public record Database(String host, int port, String name, String application, String password) {
    private static final String OWNER = "bench_owner";
    private static final String APPLICATION = "bench_app";
    private static final String SUPERUSER = "postgres";

    /// Something done with a statement.
    @FunctionalInterface
    public interface Work<T> {
        T with(Statement statement) throws SQLException;
    }

    /// Makes the two roles a service knows, and the database.
    static Database create(String host, int port, String name, String password) {
        var server = new Database(host, port, "postgres", APPLICATION, password);
        server.execute("CREATE ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '%s'".formatted(OWNER, password));
        server.execute("CREATE ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '%s'".formatted(APPLICATION, password));
        server.execute("CREATE DATABASE %s OWNER %s ENCODING 'UTF8' TEMPLATE template0".formatted(name, OWNER));
        return new Database(host, port, name, APPLICATION, password);
    }

    /// What a service needs to use it.
    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("linli.database.host", host);
        settings.put("linli.database.port", Integer.toString(port));
        settings.put("linli.database.name", name);
        settings.put("linli.database.username", application);
        settings.put("linli.database.password", password);
        settings.put("linli.database.owner-username", OWNER);
        settings.put("linli.database.owner-password", password);
        return settings;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(host, port, name), SUPERUSER, password);
    }

    public <T> T use(Work<T> work) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            return work.with(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }

    /// Runs one or several statements.
    public void execute(String sql) {
        use(statement -> statement.execute(sql));
    }

    /// The first column of the first row.
    public long number(String sql) {
        return use(statement -> {
            var rows = statement.executeQuery(sql);
            rows.next();
            return rows.getLong(1);
        });
    }

    /// The first column of the first row.
    public String text(String sql) {
        return use(statement -> {
            var rows = statement.executeQuery(sql);
            rows.next();
            return String.valueOf(rows.getString(1));
        });
    }
}
