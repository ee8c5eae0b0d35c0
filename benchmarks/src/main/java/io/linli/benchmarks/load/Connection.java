package io.linli.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One keep-alive connection of a load client: a request, its answer, the next request.
final class Connection {
    private static final int REQUEST_MAX = 16 * 1024;

    private final InetSocketAddress target;
    private final Selector selector;
    private final Traffic traffic;
    private final Tally tally;
    private final ByteBuffer request = ByteBuffer.allocate(REQUEST_MAX);
    private final ResponseReader response = new ResponseReader();
    private SocketChannel channel;
    private SelectionKey key;
    private boolean waiting;
    private long begun;

    Connection(InetSocketAddress target, Selector selector, Traffic traffic, Tally tally) throws IOException {
        this.target = target;
        this.selector = selector;
        this.traffic = traffic;
        this.tally = tally;
        this.channel = connect();
        this.key = register();
    }

    /// Blocks for the time of a connect, which on one machine is none.
    private SocketChannel connect() throws IOException {
        var opened = SocketChannel.open(target);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        return opened;
    }

    private SelectionKey register() throws IOException {
        return channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isWaiting() {
        return waiting;
    }

    /// How long the request under way has been waited for.
    long waited(long now) {
        return waiting ? now - begun : 0;
    }

    /// Sends the next request, if there is one.
    void begin() throws IOException {
        if (traffic.isOver()) {
            return;
        }
        request.clear();
        traffic.next(request);
        request.flip();
        response.clear();
        waiting = true;
        begun = System.nanoTime();
        write();
    }

    private void write() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /// Goes on with whatever the socket is ready for. A connection that breaks is opened anew, and its request, if
    /// one was under way, is counted as unknown.
    void proceed(boolean again) throws IOException {
        try {
            if (key.isValid() && key.isWritable()) {
                write();
            }
            if (key.isValid() && key.isReadable()) {
                read(again);
            }
        } catch (IOException broken) {
            reopen(again);
        }
    }

    private void read(boolean again) throws IOException {
        var room = response.room();
        int count = channel.read(ByteBuffer.wrap(room, response.filled(), room.length - response.filled()));
        if (count < 0) {
            reopen(again);
            return;
        }
        response.add(count);
        if (!waiting || !response.isComplete()) {
            return;
        }
        waiting = false;
        tally.answer(response, begun, System.nanoTime());
        if (response.closes()) {
            reopen(again);
        } else if (again) {
            begin();
        }
    }

    void reopen(boolean again) throws IOException {
        if (waiting) {
            tally.unknown();
            waiting = false;
        }
        close();
        if (again) {
            channel = connect();
            key = register();
            begin();
        }
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
