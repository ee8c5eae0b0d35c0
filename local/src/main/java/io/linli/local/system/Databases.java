package io.linli.local.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/// Makes sure every service has its database and two roles: one that owns the tables, one that only works with them.
final class Databases {

    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "60";

    private final String adminUrl;
    private final Secrets secrets;

    Databases(String adminUrl, Secrets secrets) {
        this.adminUrl = adminUrl;
        this.secrets = secrets;
    }

    void prepare(List<Service> services) {
        try (var admin = DriverManager.getConnection(adminUrl, limits())) {
            for (var service : services) {
                if (service.hasDatabase()) {
                    role(admin, service.ownerRole());
                    role(admin, service.applicationRole());
                    database(admin, service);
                }
            }
        } catch (SQLException e) {
            throw new CannotStart("the databases cannot be prepared: " + e.getMessage(), e);
        }
    }

    private static Properties limits() {
        var limits = new Properties();
        limits.setProperty("connectTimeout", CONNECT_SECONDS);
        limits.setProperty("socketTimeout", ANSWER_SECONDS);
        return limits;
    }

    private void role(Connection admin, String role) throws SQLException {
        var verb = exists(admin, "SELECT FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
        execute(admin, verb + " ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD %L", role, secrets.password(role));
    }

    /// An administrator who is no superuser must be a member of the role that is to own the database.
    private void database(Connection admin, Service service) throws SQLException {
        if (!exists(admin, "SELECT FROM pg_database WHERE datname = ?", service.database())) {
            execute(admin, "GRANT %I TO CURRENT_USER", service.ownerRole());
            execute(
                    admin,
                    "CREATE DATABASE %I OWNER %I ENCODING 'UTF8' TEMPLATE template0",
                    service.database(),
                    service.ownerRole());
        }
    }

    private static boolean exists(Connection admin, String query, String name) throws SQLException {
        try (var statement = admin.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    /// Names and passwords are quoted by PostgreSQL itself: neither may be a parameter of these statements.
    private static void execute(Connection admin, String template, String... values) throws SQLException {
        var placeholders = ", ?".repeat(values.length);
        try (var quote = admin.prepareStatement("SELECT format(?" + placeholders + ")")) {
            quote.setString(1, template);
            for (int i = 0; i < values.length; i++) {
                quote.setString(i + 2, values[i]);
            }
            var quoted = quote.executeQuery();
            quoted.next();
            try (var statement = admin.createStatement()) {
                statement.execute(quoted.getString(1));
            }
        }
    }
}
