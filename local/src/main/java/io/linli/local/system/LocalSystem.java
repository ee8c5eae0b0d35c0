package io.linli.local.system;

import io.linli.local.client.Crew;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The whole system on one machine: PostgreSQL, the broker, and every service of the table below.
///
/// *Errors*: [CannotStart] with a reason for the person at the keyboard; nothing is left running then.
public final class LocalSystem implements AutoCloseable {

    private static final List<Service> SERVICES = List.of(
            new Service(
                    "community-service", "community", "io.linli.community.CommunityApplication", 1, "linli_community"),
            new Service("partner-adapters", "partner", "io.linli.partner.PartnerApplication", 3, "linli_partner"),
            new Service(
                    "group-buy-service", "group-buy", "io.linli.groupbuy.GroupBuyApplication", 2, "linli_group_buy"),
            new Service("station-service", "station", "io.linli.station.StationApplication", 4, "linli_station"),
            new Service("dispatch-service", "dispatch", "io.linli.dispatch.DispatchApplication", 5, "linli_dispatch"),
            new Service("gateway", "", "io.linli.gateway.GatewayApplication", 0, ""));

    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final int STARTED_AT_ONCE = 2;

    /// @param project the folder with the modules, for the boot jars of child processes
    /// @param portBase the gateway's port; all others are offsets to it
    /// @param settings told to every service, over what each is told anyway
    public record Options(
            Path project,
            Home home,
            boolean processes,
            int portBase,
            Map<String, String> environment,
            Map<String, String> settings) {}

    private final Options options;
    private final Progress say;
    private final Readiness readiness = new Readiness();
    private final PriorityQueue<Held> started = new PriorityQueue<>();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private boolean closed;

    private LocalSystem(Options options, Progress say) {
        this.options = options;
        this.say = say;
        SERVICES.forEach(service -> services.put(service.name(), service));
    }

    /// What is to be stopped, the highest rank first.
    private record Held(int rank, String name, AutoCloseable resource) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            return Integer.compare(other.rank, rank);
        }
    }

    public static LocalSystem start(Options options, Progress say) {
        var system = new LocalSystem(options, say);
        try {
            system.start();
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private void start() {
        long begin = System.nanoTime();
        hold(0, "lock", HomeLock.take(options.home()));
        LogFile.use(options.home());
        endCrashedRun();
        Ports.checkFree(ports());
        var secrets = Secrets.of(options.home());
        var infrastructure =
                Infrastructure.start(options.home(), options.portBase(), secrets, options.environment(), say);
        hold(1, "infrastructure", infrastructure);
        var databases = infrastructure.databaseServer();
        new Databases(databases.adminUrl(), secrets).prepare(SERVICES);
        var settings =
                new ServiceSettings(services, options.portBase(), secrets, databases, infrastructure.brokerUrl());
        startServices(settings);
        readiness.await("the gateway", gateway().resolve("/healthz"), READY_LIMIT, () -> false);
        describe().write(options.home());
        say.say("Ready after %s, %d MB resident."
                .formatted(
                        Progress.seconds(Duration.ofNanos(System.nanoTime() - begin)),
                        Memory.megabytes(processes(infrastructure))));
    }

    private void endCrashedRun() {
        new Crew(SERVICES.size()).each(SERVICES, service -> ChildProcess.endStale(service, options.home(), say));
        if (!options.environment().containsKey("LINLI_POSTGRES_URL")) {
            io.linli.kit.testing.EmbeddedPostgresServer.endStale(options.home().postgresData());
        }
    }

    private Map<String, Integer> ports() {
        var ports = new LinkedHashMap<String, Integer>();
        SERVICES.forEach(service -> ports.put(service.name(), service.port(options.portBase())));
        if (!options.environment().containsKey("LINLI_POSTGRES_URL")) {
            ports.put("PostgreSQL", options.portBase() + Infrastructure.POSTGRES_PORT);
        }
        if (!options.environment().containsKey("LINLI_RABBITMQ_URL")) {
            ports.put("message broker", options.portBase() + Infrastructure.BROKER_PORT);
        }
        return ports;
    }

    /// Two at a time: on two cores more of them only slow each other down.
    private void startServices(ServiceSettings settings) {
        try (var threads = Executors.newFixedThreadPool(STARTED_AT_ONCE)) {
            var starts = SERVICES.stream()
                    .map(service -> threads.submit((Callable<Void>) () -> {
                        startService(service, settings);
                        return null;
                    }))
                    .toList();
            starts.forEach(LocalSystem::join);
        }
    }

    private static void join(Future<Void> start) {
        try {
            start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CannotStart known ? known : new CannotStart(String.valueOf(e.getCause()), e);
        }
    }

    private void startService(Service service, ServiceSettings settings) {
        say.timed("%s on %d".formatted(service.name(), service.port(options.portBase())), () -> {
            var told = new LinkedHashMap<>(settings.of(service));
            told.putAll(options.settings());
            hold(2 + SERVICES.indexOf(service), service.name(), run(service, told));
            var address = service.uri(options.portBase()).resolve("/readyz");
            readiness.await(service.name() + " (see " + log(service) + ")", address, READY_LIMIT, this::isClosed);
            return service;
        });
    }

    private Running run(Service service, Map<String, String> settings) {
        return options.processes()
                ? ChildProcess.start(service, settings, options.project(), options.home(), say)
                : InThisJvm.start(service, settings, log(service));
    }

    private Path log(Service service) {
        return options.home().log(options.processes() ? service.name() : "linli");
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void hold(int rank, String name, AutoCloseable resource) {
        var held = new Held(rank, name, resource);
        synchronized (this) {
            if (!closed) {
                started.add(held);
                return;
            }
        }
        stop(held);
    }

    private Stream<ProcessHandle> processes(Infrastructure infrastructure) {
        var own = ProcessHandle.current();
        return Stream.of(Stream.of(own), own.descendants(), infrastructure.processes())
                .flatMap(part -> part)
                .distinct();
    }

    public URI gateway() {
        return java.util.Objects.requireNonNull(services.get("gateway")).uri(options.portBase());
    }

    public RunningSystem describe() {
        var addresses = new LinkedHashMap<String, URI>();
        SERVICES.stream()
                .filter(Service::hasDatabase)
                .forEach(service -> addresses.put(service.shortName(), service.uri(options.portBase())));
        return new RunningSystem(gateway(), addresses);
    }

    /// Stops everything in the reverse order of its start. An interrupted thread stops things too,
    /// and stays interrupted.
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        synchronized (this) {
            closed = true;
        }
        for (var held = next(); held != null; held = next()) {
            stop(held);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Held next() {
        return started.poll();
    }

    private void stop(Held held) {
        try {
            held.resource().close();
            if (services.containsKey(held.name())) {
                say.say("  " + held.name() + " stopped");
            }
        } catch (Exception e) {
            say.say("  " + held.name() + " did not stop cleanly: " + e.getMessage());
        }
    }
}
