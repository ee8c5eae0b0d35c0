package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTests {

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                accept();
            }
        });
        proxy = FaultProxy.to("127.0.0.1", echo.getLocalPort());
    }

    private void accept() {
        try {
            var client = echo.accept();
            Thread.ofVirtual().start(() -> {
                try (client) {
                    client.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException reset) {
                    // The test did it.
                }
            });
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(proxy.host(), proxy.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int echoed(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    @Test
    void bytes_pass() throws IOException {
        try (var socket = connect()) {
            assertThat(echoed(socket, 42)).isEqualTo(42);
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void latency_delays_both_ways() throws IOException {
        try (var socket = connect()) {
            proxy.latency(Duration.ofMillis(60));
            var before = Instant.now();

            assertThat(echoed(socket, 1)).isEqualTo(1);

            assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(119));
        }
    }

    @Test
    void a_black_hole_answers_nothing_and_gives_everything_back_when_healed() throws IOException {
        try (var socket = connect()) {
            echoed(socket, 1);
            proxy.blackHole();
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> echoed(socket, 2)).isInstanceOf(SocketTimeoutException.class);

            proxy.pass();

            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void reset_connections_fail_and_new_ones_pass() throws IOException {
        try (var socket = connect()) {
            echoed(socket, 1);

            proxy.resetAll();

            assertThatThrownBy(() -> echoed(socket, 2)).isInstanceOf(SocketException.class);
        }
        try (var next = connect()) {
            assertThat(echoed(next, 3)).isEqualTo(3);
        }
    }

    @Test
    void refused_connections_fail_until_healed() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        proxy.pass();

        try (var socket = connect()) {
            assertThat(echoed(socket, 1)).isEqualTo(1);
        }
    }

    @Test
    void a_cut_happens_after_the_given_bytes_and_once() throws IOException {
        proxy.cutAfter(4);
        try (var socket = connect()) {
            assertThat(echoed(socket, 1)).isEqualTo(1);
            assertThat(echoed(socket, 2)).isEqualTo(2);
            assertThatThrownBy(() -> {
                        if (echoed(socket, 3) < 0) {
                            throw new SocketException("ended");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
        try (var next = connect()) {
            assertThat(echoed(next, 4)).isEqualTo(4);
        }
    }

    @Test
    void a_limit_slows_the_bytes_down() throws IOException {
        try (var socket = connect()) {
            proxy.limit(10_000);
            var before = Instant.now();

            socket.getOutputStream().write(new byte[1_000]);
            socket.getInputStream().readNBytes(1_000);

            assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(150));
        }
    }
}
