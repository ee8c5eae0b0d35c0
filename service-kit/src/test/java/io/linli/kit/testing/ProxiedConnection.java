package io.linli.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.Consumer;

/// One client's connection to a [FaultProxy] and the proxy's to the target: they end together.
record ProxiedConnection(Socket client, Socket server, Consumer<ProxiedConnection> ended) implements AutoCloseable {

    /// Both sides get a TCP reset instead of an orderly end.
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // Closing below is all that is left to do.
        }
        close();
    }

    @Override
    public void close() {
        ended.accept(this);
        try {
            client.close();
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
