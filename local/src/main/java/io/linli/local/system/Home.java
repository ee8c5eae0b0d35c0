package io.linli.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of one system on this machine (`.linli`): its data, secrets, logs and who runs it.
public record Home(Path directory) {

    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    Path postgresData() {
        return directory.resolve("postgres");
    }

    Path postgresBinaries() {
        return directory.resolve("postgres-binaries");
    }

    Path broker() {
        return directory.resolve("broker");
    }

    Path secrets() {
        return directory.resolve("secrets.properties");
    }

    Path lock() {
        return directory.resolve("lock");
    }

    public Path log(String name) {
        return made("logs").resolve(name + ".log");
    }

    public Path pid(String name) {
        return made("run").resolve(name + ".pid");
    }

    Path systemFile() {
        return made("run").resolve("system.json");
    }

    private Path made(String folder) {
        try {
            return Files.createDirectories(directory.resolve(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
