package io.linli.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.sample.SampleApplication;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients do with a connection that no HTTP client library would do for them.
class ConnectionTests {

    @RegisterExtension
    static final ServiceUnderTest service = SampleApplication.underTest().with("linli.body-read-timeout", "300ms");

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", URI.create(service.baseUrl()).getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    @Test
    void a_body_that_stops_coming_is_told_so() throws IOException {
        var community = UUID.randomUUID();
        try (var socket = connect()) {
            send(socket, """
                    POST /v1/communities/%s/notes HTTP/1.1
                    Host: kit
                    Authorization: Bearer %s
                    Idempotency-Key: slow
                    Content-Type: application/json
                    Content-Length: 100

                    {""".formatted(community, service.tokens().member(community, UUID.randomUUID(), "resident")));

            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("/problems/body-too-slow");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/notes%2Fcount", "GET /v1/notes;x=1", "GET /v1//notes", "BREW /v1/notes"})
    void what_the_firewall_refuses_is_told_as_a_problem(String line) throws IOException {
        try (var socket = connect()) {
            send(socket, line + " HTTP/1.1\nHost: kit\nAccept-Language: en\n\n");

            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("/problems/malformed-request", "The request could not be read.");
        }
    }

    @Test
    void every_request_on_a_kept_connection_is_answered() throws IOException {
        try (var socket = connect()) {
            for (int i = 0; i < 1_000; i++) {
                send(socket, "GET /livez HTTP/1.1\nHost: kit\n\n");

                assertThat(answer(socket)).as("request %d", i).startsWith("HTTP/1.1 200");
            }
        }
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// Head and body of one answer, whose length is announced.
    private static String answer(Socket socket) throws IOException {
        var head = new StringBuilder();
        var in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            assertThat(next).as("the connection ended").isNotNegative();
            head.append((char) next);
        }
        var length = head.toString()
                .lines()
                .map(line -> line.toLowerCase(java.util.Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
