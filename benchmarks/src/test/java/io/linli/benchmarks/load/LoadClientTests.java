package io.linli.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadClientTests {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    /// Posts a fixed number of small bodies.
    private static final class Some implements Traffic {
        private final int all;
        private int written;

        Some(int all) {
            this.all = all;
        }

        @Override
        public void next(ByteBuffer request) {
            written++;
            request.put("POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
        }

        @Override
        public boolean isOver() {
            return written == all;
        }
    }

    /// Answers 201, every tenth time 409, every second time in chunks.
    private static HttpServer stub(AtomicInteger heard) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders", exchange -> {
            exchange.getRequestBody().readAllBytes();
            int number = heard.incrementAndGet();
            var body = "{\"number\":%d}".formatted(number).getBytes(US_ASCII);
            exchange.sendResponseHeaders(number % 10 == 0 ? 409 : 201, number % 2 == 0 ? body.length : 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Test
    void every_request_is_counted_by_its_status_and_timed() throws IOException {
        var heard = new AtomicInteger();
        var server = stub(heard);

        var load = new LoadClient(address(server.getAddress().getPort())).run(8, new Some(1000), NONE, LONG);
        server.stop(0);

        assertThat(heard).hasValue(1000);
        assertThat(load.answeredInAll()).isEqualTo(Map.of(201, 900L, 409, 100L));
        assertThat(load.nanos()).hasSize(1000).isSorted();
        assertThat(load.millis(0.5)).isPositive().isLessThanOrEqualTo(load.millis(0.99));
        assertThat(load.unknown()).isZero();
        assertThat(load.samples()).containsOnlyKeys(409);
    }

    @Test
    void a_load_ends_with_its_time_and_warming_up_is_not_measured() throws IOException {
        var heard = new AtomicInteger();
        var server = stub(heard);

        var load = new LoadClient(address(server.getAddress().getPort()))
                .run(4, new Some(Integer.MAX_VALUE), Duration.ofMillis(300), Duration.ofMillis(300));
        server.stop(0);

        long all = load.answeredInAll().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(all).isEqualTo(heard.get());
        assertThat(load.answered().values().stream().mapToLong(Long::longValue).sum())
                .isPositive()
                .isLessThan(all);
        assertThat(load.rate()).isPositive();
    }

    @Test
    void a_request_whose_connection_breaks_is_unknown_and_the_load_goes_on() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var accepted = new AtomicInteger();
            Thread.ofVirtual().start(() -> answerSome(server, accepted));

            var load = new LoadClient(address(server.getLocalPort())).run(1, new Some(6), NONE, LONG);

            assertThat(load.answeredInAll()).isEqualTo(Map.of(201, 3L));
            assertThat(load.unknown()).isEqualTo(3);
        }
    }

    /// Answers every second connection's request and hangs up on the others.
    private static void answerSome(ServerSocket server, AtomicInteger accepted) {
        while (true) {
            try (var socket = server.accept()) {
                socket.getInputStream().read(new byte[1000]);
                if (accepted.incrementAndGet() % 2 == 0) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                                    .getBytes(US_ASCII));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void a_target_that_is_not_there_is_an_error() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> new LoadClient(address(port)).run(1, new Some(1), NONE, LONG))
                .isInstanceOf(UncheckedIOException.class);
    }
}
