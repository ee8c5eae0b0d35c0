package io.linli.kit.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Subject;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHostNode;

/// An AMQP 0-9-1 broker (Qpid Broker-J) inside this JVM, on loopback, with user `linli`.
///
/// *Errors*: [IllegalStateException] when the port is taken or the store cannot be opened.
public final class EmbeddedBroker implements AutoCloseable {

    private static final String HOST = "default";
    private static final String USER = "linli";

    private final Path directory;
    private final String storeType;
    private final String password;
    private final AtomicReference<SystemConfig<?>> system = new AtomicReference<>();
    private final SystemLauncher launcher = new SystemLauncher(new DefaultSystemLauncherListener() {
        @Override
        public void onContainerResolve(SystemConfig<?> systemConfig) {
            system.set(systemConfig);
        }
    });

    private EmbeddedBroker(Path directory, String storeType, String password) {
        this.directory = directory;
        this.storeType = storeType;
        this.password = password;
    }

    /// A broker that forgets everything when it stops; port 0 takes a free one. The directory holds only scratch files.
    public static EmbeddedBroker inMemory(Path directory, int port, String password) {
        return new EmbeddedBroker(directory, "Memory", password).start(port);
    }

    /// A broker whose durable queues and persistent messages live in the directory and survive `kill -9`.
    public static EmbeddedBroker durable(Path directory, int port, String password) {
        return new EmbeddedBroker(directory, "BDB", password).start(port);
    }

    private EmbeddedBroker start(int port) {
        try {
            Files.createDirectories(directory);
            var configuration = Files.createTempFile(
                    directory,
                    "broker",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(configuration, brokerJson(port));
                launcher.startup(systemAttributes(configuration));
            } finally {
                Files.deleteIfExists(configuration);
            }
        } catch (Exception failed) {
            launcher.shutdown();
            throw new IllegalStateException("the embedded broker did not start in " + directory, failed);
        }
        if (amqpPort().getState() != State.ACTIVE) {
            launcher.shutdown();
            throw new IllegalStateException("the embedded broker cannot listen on 127.0.0.1:" + port);
        }
        return this;
    }

    private Map<String, Object> systemAttributes(Path configuration) {
        return Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                configuration.toUri().toString(),
                "startupLoggedToSystemOut",
                false,
                "preferenceStoreAttributes",
                "{\"type\": \"Noop\"}",
                "context",
                Map.of("qpid.work_dir", directory.toString()));
    }

    /// The broker's own configuration is made anew at each start, so port and password may change; the store is kept.
    private String brokerJson(int port) {
        return """
            {
              "name": "linli",
              "modelVersion": "9.1",
              "context": {
                "queue.behaviourOnUnknownDeclareArgument": "IGNORE",
                "exchange.behaviourOnUnknownDeclareArgument": "IGNORE",
                "virtualhost.connectionThreadPool.size": "4",
                "virtualhost.connectionThreadPool.numberOfSelectors": "1",
                "virtualhost.housekeepingThreadCount": "1",
                "qpid.port.amqp.threadPool.size": "4",
                "qpid.port.amqp.threadPool.numberOfSelectors": "1",
                "qpid.broker.networkBufferSize": "65536"
              },
              "authenticationproviders": [{
                "name": "plain", "type": "Plain", "secureOnlyMechanisms": "[]",
                "users": [{"name": "linli", "type": "managed", "password": "%s"}]
              }],
              "ports": [{
                "name": "amqp", "type": "AMQP", "port": %d, "bindingAddress": "127.0.0.1",
                "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
                "virtualhostaliases": [{"name": "nameAlias", "type": "nameAlias"}]
              }],
              "virtualhostnodes": [%s]
            }
            """.formatted(password, port, hostJson());
    }

    private String hostJson() {
        var host = storeType.equals("BDB") ? "{\\\"type\\\": \\\"BDB\\\"}" : "{\\\"type\\\": \\\"Memory\\\"}";
        return """
            {"name": "default", "type": "%s", "defaultVirtualHostNode": "true"%s,
             "virtualHostInitialConfiguration": "%s"}""".formatted(
                        storeType,
                        storeType.equals("BDB") ? ", \"storePath\": \"" + directory.resolve("store") + "\"" : "",
                        host);
    }

    private Port<?> amqpPort() {
        return broker().getChildren(Port.class).iterator().next();
    }

    private Broker<?> broker() {
        return (Broker<?>) system.get().getContainer();
    }

    /// The port it listens on.
    public int port() {
        return amqpPort().getBoundPort();
    }

    /// The address for `linli.rabbitmq.url`, with user and password.
    public String amqpUrl() {
        return amqpUrl(HOST);
    }

    /// The address of a virtual host made by [#createVirtualHost].
    public String amqpUrl(String virtualHost) {
        return "amqp://%s:%s@127.0.0.1:%d/%s".formatted(USER, password, port(), virtualHost);
    }

    /// Adds a virtual host in memory: names of exchanges and queues in it collide with no other.
    public void createVirtualHost(String name) {
        var attributes = Map.<String, Object>of(
                "name", name, "type", "Memory", "virtualHostInitialConfiguration", "{\"type\": \"Memory\"}");
        asSystem(() -> broker().createChild(VirtualHostNode.class, attributes));
    }

    /// Removes a virtual host with all it holds and closes its connections.
    public void deleteVirtualHost(String name) {
        asSystem(() -> broker().getChildren(VirtualHostNode.class).stream()
                .filter(node -> node.getName().equals(name))
                .findFirst()
                .ifPresent(node -> node.delete()));
    }

    private void asSystem(Runnable work) {
        var subject = new Subject(
                true, java.util.Set.of(launcher.getSystemPrincipal()), java.util.Set.of(), java.util.Set.of());
        Subject.callAs(subject, () -> {
            work.run();
            return true;
        });
    }

    @Override
    public void close() {
        launcher.shutdown();
    }
}
