package io.linli.groupbuy;

import io.linli.groupbuy.community.CommunityDouble;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One community and its people, who use the running service over HTTP as the mini-program would.
public final class Neighbourhood {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServiceUnderTest service;
    private final UUID community = UUID.randomUUID();
    private final UUID leader = UUID.randomUUID();

    public Neighbourhood(ServiceUnderTest service) {
        this.service = service;
    }

    /// The service with timers that do not interfere: tests look for what is due themselves.
    public static ServiceUnderTest service() {
        return ServiceUnderTest.of(GroupBuyApplication.class, "group-buy-service")
                .with("linli.groupbuy.timer-interval-millis", "3600000")
                .with("linli.groupbuy.close-grace-millis", "0")
                .with("linli.groupbuy.purge-first-after", "1h")
                .with("linli.groupbuy.community.url", CommunityDouble::inPassing)
                .with("linli.groupbuy.sheets.key", Base64.getEncoder().encodeToString(new byte[32]));
    }

    /// What came back: status, headers and body.
    public record Answer(int status, HttpHeaders headers, JsonNode body) {
        public String problem() {
            return body.path("type").asString("").replace("/problems/", "");
        }

        public UUID id(String field) {
            return UUID.fromString(body.get(field).asString());
        }

        /// The message of a problem about one field.
        public String error(String field) {
            for (var error : body.path("errors")) {
                if (error.get("field").asString().equals(field)) {
                    return error.get("message").asString();
                }
            }
            return "";
        }
    }

    public UUID community() {
        return community;
    }

    public UUID leaderId() {
        return leader;
    }

    public String leader() {
        return service.tokens()
                .token(leader)
                .member(community, leader)
                .roles("leader", "resident")
                .sign();
    }

    /// A member who leads nothing by role.
    public String member(UUID member) {
        return service.tokens()
                .token(UUID.randomUUID())
                .member(community, member)
                .roles("resident")
                .sign();
    }

    public String coordinator() {
        return service.tokens().member(community, UUID.randomUUID(), "coordinator");
    }

    public String resident(UUID household) {
        return service.tokens()
                .token(UUID.randomUUID())
                .member(community, UUID.randomUUID())
                .household(household)
                .display("王*")
                .roles("resident")
                .sign();
    }

    /// Who gives out parcels at the station.
    public String keeper() {
        return service.tokens().member(community, UUID.randomUUID(), "keeper");
    }

    public UUID supplier() {
        return post(leader(), "/suppliers", Map.of("name", "崇明绿叶合作社")).id("supplierId");
    }

    /// An item as a leader writes it.
    /// A day to deliver on.
    public static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(9);
    }

    public static Map<String, Object> item(String name, int stock, int limitPerHousehold) {
        var item = new LinkedHashMap<String, Object>();
        item.put("name", name);
        item.put("unit", "500 g");
        item.put("weightGrams", 500);
        item.put("priceFen", 350);
        item.put("stock", stock);
        item.put("limitPerHousehold", limitPerHousehold);
        return item;
    }

    @SafeVarargs
    public final Map<String, Object> newGroupBuy(
            int minParticipants, Instant opensAt, Instant closesAt, Map<String, Object>... items) {
        var body = new LinkedHashMap<String, Object>();
        body.put("supplierId", supplier());
        body.put("title", "周二蔬菜");
        body.put("opensAt", opensAt.toString());
        body.put("closesAt", closesAt.toString());
        body.put("minParticipants", minParticipants);
        body.put("items", List.of(items));
        return body;
    }

    /// A group buy that is open now and closes in an hour.
    @SafeVarargs
    public final Answer open(int minParticipants, Map<String, Object>... items) {
        var now = Instant.now();
        var body = newGroupBuy(minParticipants, now.minusSeconds(60), now.plus(Duration.ofHours(1)), items);
        return post(leader(), "/group-buys", body);
    }

    /// A group buy that is open now, with further conditions.
    @SafeVarargs
    public final Answer openWith(Map<String, Object> conditions, Map<String, Object>... items) {
        var now = Instant.now();
        var body = newGroupBuy(1, now.minusSeconds(60), now.plus(Duration.ofHours(1)), items);
        body.put("conditions", conditions);
        return post(leader(), "/group-buys", body);
    }

    /// Moves the window without telling the service: time has passed and no timer has run.
    public void moveWindow(UUID groupBuy, Instant opensAt, Instant closesAt) {
        service.jdbc()
                .sql("UPDATE group_buy SET opens_at = ?, closes_at = ? WHERE id = ?")
                .params(java.sql.Timestamp.from(opensAt), java.sql.Timestamp.from(closesAt), groupBuy)
                .update();
    }

    public static UUID itemOf(Answer groupBuy, int index) {
        return UUID.fromString(
                groupBuy.body().get("items").get(index).get("itemId").asString());
    }

    public static Map<String, Object> line(UUID item, int quantity) {
        return Map.of("itemId", item.toString(), "quantity", quantity);
    }

    @SafeVarargs
    public static Map<String, Object> order(Map<String, Object>... lines) {
        return Map.of("lines", List.of(lines));
    }

    @SafeVarargs
    public final Answer place(String token, UUID groupBuy, Map<String, Object>... lines) {
        return post(token, "/group-buys/" + groupBuy + "/orders", order(lines));
    }

    public Answer cancel(String token, UUID order) {
        return post(token, "/orders/" + order + "/cancellation", null);
    }

    public Answer close(String token, UUID groupBuy) {
        return post(token, "/group-buys/" + groupBuy + "/closing", null);
    }

    public Answer post(String token, String path, Object body) {
        return post(token, UUID.randomUUID().toString(), path, body);
    }

    public Answer put(String token, String key, String path, Object body) {
        return write(HttpMethod.PUT, token, key, path, body);
    }

    public Answer post(String token, String key, String path, Object body) {
        return write(HttpMethod.POST, token, key, path, body);
    }

    private Answer write(HttpMethod method, String token, String key, String path, Object body) {
        var request = service.client(token).method(method).uri(uri(path)).header("Idempotency-Key", key);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsString(body));
        }
        return answer(request.exchange());
    }

    public Answer put(String token, String path, Object body) {
        return answer(service.client(token)
                .put()
                .uri(uri(path))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JSON.writeValueAsString(body))
                .exchange());
    }

    /// As a phone does it: the same key again until the answer is definite.
    public Answer postUntilDefinite(String token, String key, String path, Object body) {
        for (var attempt = 0; attempt < 100; attempt++) {
            var answer = post(token, key, path, body);
            if (answer.status() != 503 && !answer.problem().equals("request-in-flight")) {
                return answer;
            }
        }
        throw new AssertionError("no definite answer to " + path);
    }

    /// Changes what is there, on the version that `ifMatch` names.
    public Answer edit(String token, String path, String ifMatch, Object body) {
        var request = service.client(token)
                .put()
                .uri(uri(path))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return answer(request.bodyValue(JSON.writeValueAsString(body)).exchange());
    }

    public Answer get(String token, String path) {
        return answer(service.client(token).get().uri(uri(path)).exchange());
    }

    private String uri(String path) {
        return "/v1/communities/" + community + path;
    }

    private static Answer answer(WebTestClient.ResponseSpec response) {
        var result = response.expectBody().returnResult();
        var bytes = result.getResponseBody();
        var body = bytes == null ? JSON.createObjectNode() : JSON.readTree(bytes);
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), body);
    }

    /// Runs all at the same moment, each on a thread of its own, and answers their results in order.
    public static <T> List<T> together(List<Callable<T>> clients) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (var client : clients) {
                running.add(threads.submit(() -> {
                    start.await();
                    return client.call();
                }));
            }
            start.countDown();
            var results = new ArrayList<T>();
            for (var future : running) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
