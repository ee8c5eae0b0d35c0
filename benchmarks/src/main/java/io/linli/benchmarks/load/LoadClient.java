package io.linli.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A closed loop over a fixed number of keep-alive connections, on one thread: it shares the machine with what it
/// measures, so it renders requests from prepared parts and reads of an answer only status and length.
public final class LoadClient {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final InetSocketAddress target;

    public LoadClient(URI target) {
        this.target = new InetSocketAddress(target.getHost(), target.getPort());
    }

    /// Loads the target for the warm-up and the measured time, and waits for the last answers.
    ///
    /// *Errors:* `UncheckedIOException` when the target refuses connections.
    public Load run(int connections, Traffic traffic, Duration warmUp, Duration measured) {
        try (var selector = Selector.open()) {
            var tally = new Tally(System.nanoTime(), warmUp, measured);
            var open = new ArrayList<Connection>();
            try {
                for (int i = 0; i < connections; i++) {
                    open.add(new Connection(target, selector, traffic, tally));
                }
                loop(selector, open, traffic, tally);
            } finally {
                for (var connection : open) {
                    connection.close();
                }
            }
            return tally.toLoad();
        } catch (IOException failed) {
            throw new UncheckedIOException("no connection to " + target, failed);
        }
    }

    private static void loop(Selector selector, List<Connection> connections, Traffic traffic, Tally tally)
            throws IOException {
        for (var connection : connections) {
            connection.begin();
        }
        long nextLook = 0;
        while (true) {
            selector.select(
                    ready -> {
                        try {
                            ((Connection) ready.attachment()).proceed(System.nanoTime() < tally.end());
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    },
                    LOOK_EVERY.toMillis());
            long now = System.nanoTime();
            if ((now >= tally.end() || traffic.isOver()) && connections.stream().noneMatch(Connection::isWaiting)) {
                return;
            }
            if (now >= nextLook) {
                nextLook = now + LOOK_EVERY.toNanos();
                giveUpLate(connections, now, tally);
            }
        }
    }

    private static void giveUpLate(List<Connection> connections, long now, Tally tally) throws IOException {
        for (var connection : connections) {
            if (connection.waited(now) > ANSWER_MAX.toNanos()) {
                connection.reopen(now < tally.end());
            }
        }
    }
}
