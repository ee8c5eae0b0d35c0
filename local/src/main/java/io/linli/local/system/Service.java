package io.linli.local.system;

import java.net.URI;

/// One row of the table of services in [LocalSystem].
///
/// @param name module, configuration name and log name
/// @param application the class with its `main`
/// @param port offset to the port base
/// @param database name of its database, "" when it has none
record Service(String name, String shortName, String application, int port, String database) {

    boolean hasDatabase() {
        return !database.isEmpty();
    }

    int port(int base) {
        return base + port;
    }

    URI uri(int base) {
        return URI.create("http://127.0.0.1:" + port(base));
    }

    String ownerRole() {
        return database + "_owner";
    }

    String applicationRole() {
        return database + "_app";
    }
}
