package io.linli.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A community of its own on a running station: other services speak through events, people through HTTP.
public final class StationDay {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final UUID community = UUID.randomUUID();
    public final UUID keeper = UUID.randomUUID();

    private final ServiceUnderTest service;
    private final WebTestClient client;

    /// What came back.
    public record Answer(int status, HttpHeaders headers, JsonNode body) {
        public String problem() {
            return body.path("type").asString("").replace("/problems/", "");
        }

        public Answer expect(int expected) {
            assertThat(status).as("%s", body).isEqualTo(expected);
            return this;
        }

        public Answer refused(int expected, String slug) {
            expect(expected);
            assertThat(problem()).isEqualTo(slug);
            return this;
        }
    }

    /// A household's share of a group buy.
    public record Share(UUID household, long weightGrams, boolean doorstep) {}

    /// A parcel as HTTP shows it.
    public record Shown(UUID id, String state, @Nullable String label, long version, boolean doorstep) {
        static Shown of(JsonNode parcel) {
            return new Shown(
                    UUID.fromString(parcel.path("parcelId").asString()),
                    parcel.path("state").asString(),
                    parcel.path("label").asString(null),
                    parcel.path("version").asLong(),
                    parcel.path("doorstep").asBoolean());
        }
    }

    private StationDay(ServiceUnderTest service, WebTestClient client) {
        this.service = service;
        this.client = client;
    }

    /// The station under test with a key of its own for the pick-up codes.
    public static ServiceUnderTest station() {
        return ServiceUnderTest.of(StationApplication.class, "station-service")
                .with("linli.station.code-key", Base64.getEncoder().encodeToString(new byte[32]));
    }

    public static StationDay on(ServiceUnderTest service) {
        return new StationDay(service, service.client());
    }

    /// The same station, another community.
    public StationDay elsewhere() {
        return new StationDay(service, client);
    }

    public String keeperToken() {
        return token(keeper, "keeper");
    }

    public String token(UUID member, String... roles) {
        return service.tokens().member(community, member, roles);
    }

    public String resident(UUID household) {
        return service.tokens()
                .token(UUID.randomUUID())
                .member(community, UUID.randomUUID())
                .household(household)
                .roles("resident")
                .sign();
    }

    public Answer get(String token, String path) {
        return send(HttpMethod.GET, token, path, null, null);
    }

    public Answer post(String token, String path, @Nullable Object body) {
        return post(token, path, body, UUID.randomUUID().toString());
    }

    public Answer post(String token, String path, @Nullable Object body, String key) {
        return send(HttpMethod.POST, token, path, body, key);
    }

    private Answer send(
            HttpMethod method, String token, String path, @Nullable Object body, @Nullable String idempotencyKey) {
        var request = client.method(method)
                .uri("/v1/communities/" + community + path)
                .header(HttpHeaders.ACCEPT_LANGUAGE, "en")
                .headers(headers -> headers.setBearerAuth(token));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsString(body));
        }
        var result = request.exchange().expectBody(String.class).returnResult();
        var text = result.getResponseBody();
        return new Answer(
                result.getStatus().value(), result.getResponseHeaders(), JSON.readTree(text == null ? "{}" : text));
    }

    public UUID household(boolean doorstep, boolean consent) {
        var household = UUID.randomUUID();
        householdChanged(household, 1, doorstep, consent);
        return household;
    }

    /// Households that come down, in one building.
    public List<UUID> householdsOf(UUID building, int count) {
        var households = Stream.generate(UUID::randomUUID).limit(count).toList();
        households.forEach(
                household -> publish("household.changed.v1", household, changed(household, 1, building, false, true)));
        households.forEach(household -> until("a household is known", () -> appliedVersion(household) == 1));
        return households;
    }

    public void building(String type, UUID building, long version) {
        publish(type, building, Map.of("buildingId", building, "version", version, "name", "12 号楼", "reason", "封控"));
    }

    public List<UUID> households(int count) {
        var households = new ArrayList<UUID>();
        for (var number = 0; number < count; number++) {
            households.add(household(false, true));
        }
        return households;
    }

    /// Tells of a household and waits until the station knows.
    public void householdChanged(UUID household, long version, boolean doorstep, boolean consent) {
        publish("household.changed.v1", household, changed(household, version, UUID.randomUUID(), doorstep, consent));
        until("household " + household + " is known", () -> appliedVersion(household) >= version);
    }

    public static Map<String, Object> changed(
            UUID household, long version, UUID building, boolean doorstep, boolean consent) {
        return Map.of(
                "householdId",
                household,
                "version",
                version,
                "buildingId",
                building,
                "buildingName",
                "12 号楼",
                "floor",
                5,
                "doorstep",
                doorstep,
                "stationConsent",
                consent);
    }

    public long appliedVersion(UUID household) {
        return service.jdbc()
                .sql("SELECT coalesce(max(version), 0) FROM household WHERE household_id = ?")
                .param(household)
                .query(Long.class)
                .single();
    }

    public void publish(String type, UUID subject, Object data) {
        service.events().publish(community, type, subject, data);
    }

    public static void until(String what, java.util.concurrent.Callable<Boolean> condition) {
        Await.until(what, LIMIT, condition);
    }

    public void shelf(int number, int levels, int positions) {
        post(keeperToken(), "/shelves", Map.of("shelf", number, "levels", levels, "positions", positions))
                .expect(201);
    }

    public void formed(UUID groupBuy, List<Share> shares) {
        var orders = shares.stream().map(StationDay::order).toList();
        publish(
                "group-buy.formed.v1",
                groupBuy,
                Map.of(
                        "groupBuyId",
                        groupBuy,
                        "title",
                        "周二蔬菜",
                        "supplierId",
                        UUID.randomUUID(),
                        "supplierName",
                        "崇明绿叶合作社",
                        "orders",
                        orders));
    }

    private static Map<String, Object> order(Share share) {
        return Map.of(
                "orderId",
                UUID.randomUUID(),
                "householdId",
                share.household(),
                "serialNumber",
                7,
                "doorstep",
                share.doorstep(),
                "weightGrams",
                share.weightGrams(),
                "lines",
                List.of());
    }

    public void shipment(UUID groupBuy, String status, long sequence) {
        var news = new LinkedHashMap<String, Object>();
        news.put("shipmentId", new UUID(1, groupBuy.getLeastSignificantBits()));
        news.put("groupBuyId", groupBuy);
        news.put("carrier", "generic");
        news.put("waybill", "GC0000000017");
        news.put("status", status);
        news.put("sequence", sequence);
        news.put("occurredAt", Instant.parse("2026-11-22T06:30:00Z").plusSeconds(sequence));
        publish("shipment.status-changed.v1", groupBuy, news);
    }

    /// A consignment at the gate, not checked in.
    public UUID arrived(List<Share> shares) {
        var groupBuy = UUID.randomUUID();
        formed(groupBuy, shares);
        shipment(groupBuy, "delivered", 4);
        return arrivedConsignment(groupBuy);
    }

    public UUID arrivedConsignment(UUID groupBuy) {
        var path = "/consignments?state=arrived&groupBuyId=" + groupBuy;
        until(
                "the consignment arrives",
                () -> get(keeperToken(), path).body().path("items").size() == 1);
        return UUID.fromString(get(keeperToken(), path)
                .body()
                .path("items")
                .path(0)
                .path("consignmentId")
                .asString());
    }

    public Answer checkIn(UUID consignment) {
        return post(keeperToken(), "/consignments/" + consignment + "/check-in", Map.of());
    }

    /// A shelved parcel per household.
    public void shelved(List<UUID> households) {
        checkIn(arrived(households.stream()
                        .map(household -> new Share(household, 900, false))
                        .toList()))
                .expect(200);
    }

    public List<Shown> parcels(UUID household) {
        return get(keeperToken(), "/parcels?limit=200&householdId=" + household)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(Shown::of)
                .toList();
    }

    public Shown parcel(UUID household) {
        return parcels(household).getFirst();
    }

    public String label(UUID household) {
        return String.valueOf(parcel(household).label());
    }

    public String code(UUID household) {
        return get(resident(household), "/pick-up-code")
                .expect(200)
                .body()
                .path("code")
                .asString();
    }

    public Answer handOver(String label, String code) {
        return post(keeperToken(), "/hand-overs", Map.of("label", label, "code", code));
    }
}
