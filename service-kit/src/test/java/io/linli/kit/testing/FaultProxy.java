package io.linli.kit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A TCP proxy on loopback that hurts the traffic passing through it: PostgreSQL, AMQP and HTTP alike.
///
/// A fault holds for open and new connections until the next call; [#pass] heals. Bytes held back by [#blackHole] flow
/// on after healing, as they do when a network comes back.
public final class FaultProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final InetSocketAddress target;
    private final InetSocketAddress listen;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private final AtomicLong bytesUntilCut = new AtomicLong(UNLIMITED);

    private volatile boolean holding;
    private volatile Duration latency = Duration.ZERO;
    private volatile long bytesPerSecondMax = UNLIMITED;
    private volatile boolean closed;
    private @Nullable ServerSocket server;
    private @Nullable Thread acceptor;

    private FaultProxy(InetSocketAddress target) {
        if (!target.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("only loopback may be hurt, not " + target);
        }
        this.target = target;
        var first = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.listen = (InetSocketAddress) first.getLocalSocketAddress();
    }

    /// A proxy before this address, listening on a free port.
    public static FaultProxy to(String host, int port) {
        return new FaultProxy(new InetSocketAddress(host, port));
    }

    private ServerSocket open(InetSocketAddress address) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address, 512);
            server = socket;
            acceptor = Thread.ofVirtual().start(() -> accept(socket));
            return socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return listen.getPort();
    }

    public String host() {
        return "127.0.0.1";
    }

    /// Connections open now.
    public int connections() {
        return connections.size();
    }

    /// Connections ever accepted.
    public long accepted() {
        return accepted.get();
    }

    /// Heals: everything passes, also what was held back.
    public synchronized void pass() {
        latency = Duration.ZERO;
        bytesPerSecondMax = UNLIMITED;
        bytesUntilCut.set(UNLIMITED);
        if (server == null) {
            open(listen);
        }
        lock.lock();
        try {
            holding = false;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Every chunk of bytes is delayed.
    public void latency(Duration delay) {
        latency = delay;
    }

    /// At most so many bytes per second in each direction of a connection.
    public void limit(long bytesPerSecond) {
        bytesPerSecondMax = bytesPerSecond;
    }

    /// Connections stay open and new ones are accepted, but nothing passes any more.
    public void blackHole() {
        holding = true;
    }

    /// Every open connection is reset; new ones pass.
    public void resetAll() {
        // A copy: whoever is reset may connect again before the last one is.
        List.copyOf(connections).forEach(ProxiedConnection::reset);
    }

    /// New connections are refused; open ones are left alone.
    public synchronized void refuse() {
        closeServer();
    }

    /// After so many more bytes, of all connections and both directions together, every connection is reset, once.
    public void cutAfter(long bytes) {
        bytesUntilCut.set(bytes);
    }

    /// The port is free only when the accepting thread has noticed.
    private void closeServer() {
        try {
            if (server != null && acceptor != null) {
                server.close();
                acceptor.join(STOP_MAX);
                server = null;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var client = from.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closedMeanwhile) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        var link = new ProxiedConnection(client, new Socket(), connections::remove);
        connections.add(link);
        try {
            link.server().connect(target, 5_000);
            client.setTcpNoDelay(true);
            link.server().setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pump(link, client, link.server()));
            pump(link, link.server(), client);
        } catch (IOException unreachable) {
            link.reset();
        }
    }

    private void pump(ProxiedConnection link, Socket from, Socket to) {
        try (link) {
            copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException ended) {
            link.reset();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException, InterruptedException {
        var chunk = new byte[CHUNK_BYTES];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            slowDown(read);
            awaitHealed();
            if (cutsNow(read)) {
                resetAll();
                return;
            }
            out.write(chunk, 0, read);
            out.flush();
        }
    }

    private void slowDown(int bytes) throws InterruptedException {
        Thread.sleep(latency);
        if (bytesPerSecondMax != UNLIMITED) {
            Thread.sleep(Duration.ofNanos(1_000_000_000L * bytes / bytesPerSecondMax));
        }
    }

    private void awaitHealed() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (holding && !closed) {
                healed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean cutsNow(int bytes) {
        if (bytesUntilCut.get() == UNLIMITED) {
            return false;
        }
        boolean cut = bytesUntilCut.addAndGet(-bytes) < 0;
        if (cut) {
            bytesUntilCut.set(UNLIMITED);
        }
        return cut;
    }

    @Override
    public void close() {
        closed = true;
        pass();
        closeServer();
        resetAll();
    }
}
