package io.linli.benchmarks.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Stands in for community-service where group buys ask it who lives where: every household has a door, by the digits
/// of its id. *Shape:* `POST …/household-doors`, whatever is asked.
final class Doors implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;

    private Doors(HttpServer server) {
        this.server = server;
    }

    private record Asked(List<UUID> householdIds) {}

    private record Door(UUID householdId, String building, String unit, int floor, String room) {
        static Door of(UUID household) {
            int digits = Math.floorMod(household.hashCode(), 4_800);
            int floor = digits / 4 % 20 + 1;
            return new Door(
                    household, 1 + digits / 240 + "", 1 + digits / 80 % 3 + "", floor, floor + "0" + (1 + digits % 4));
        }
    }

    private record Answered(List<Door> items) {}

    static Doors open() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", Doors::answer);
            server.start();
            return new Doors(server);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = JSON.readValue(exchange.getRequestBody().readAllBytes(), Asked.class);
            var answer = JSON.writeValueAsBytes(
                    new Answered(asked.householdIds().stream().map(Door::of).toList()));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
