package io.linli.community;

import io.linli.kit.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running community-service and a short way to settle people in it, over HTTP only.
public final class Neighbourhood {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServiceUnderTest service;

    public Neighbourhood(ServiceUnderTest service) {
        this.service = service;
    }

    /// The service with fresh keys; more settings may be added.
    public static ServiceUnderTest service() {
        return service(TestKeys.generate());
    }

    public static ServiceUnderTest service(TestKeys keys) {
        return ServiceUnderTest.of(CommunityApplication.class, "community-service")
                .with("linli.community.signing-key", keys.signing().toJSONString())
                .with("linli.community.data-keyset", keys.dataKeyset())
                .with("linli.community.index-key", keys.indexKey());
    }

    /// A community with one building and one unit.
    public record Place(UUID community, UUID building, UUID unit) {}

    /// A household and its members in the order they were given.
    public record Home(Place place, UUID household, List<UUID> members) {
        public UUID member() {
            return members.getFirst();
        }
    }

    public WebTestClient operator() {
        return service.client(
                service.tokens().token(UUID.randomUUID()).scope("operator").sign());
    }

    /// Somebody with roles and no household.
    public WebTestClient member(Place place, String... roles) {
        return service.client(service.tokens().member(place.community(), UUID.randomUUID(), roles));
    }

    /// The first member of a home, with these roles.
    public WebTestClient resident(Home home, String... roles) {
        return service.client(service.tokens()
                .token(UUID.randomUUID())
                .member(home.place().community(), home.member())
                .household(home.household())
                .building(home.place().building())
                .roles(roles)
                .sign());
    }

    public Place place() {
        var community = id(post("/v1/communities", Map.of("name", "梧桐苑", "zone", "Asia/Shanghai")));
        var building = building(community, "12 号楼");
        return new Place(community, building, unit(community, building, "2 单元"));
    }

    public UUID building(UUID community, String name) {
        return id(
                post(in(community, "/buildings"), Map.of("name", name, "x", 80, "y", -25, "floors", 18, "lift", true)));
    }

    public UUID unit(UUID community, UUID building, String name) {
        return id(post(in(community, "/units"), Map.of("buildingId", building, "name", name)));
    }

    @SafeVarargs
    public final Home home(Place place, String room, Map<String, Object>... members) {
        var answer = post(in(place.community(), "/households"), household(place, room, members));
        var ids = new ArrayList<UUID>();
        answer.path("members").forEach(member -> ids.add(id(member)));
        return new Home(place, id(answer), ids);
    }

    @SafeVarargs
    public static Map<String, Object> household(Place place, String room, Map<String, Object>... members) {
        return Map.of("unitId", place.unit(), "room", room, "floor", 12, "size", 3, "members", List.of(members));
    }

    public static Map<String, Object> person(String name, @Nullable String phone, String... roles) {
        var person = new LinkedHashMap<String, Object>(Map.of("name", name, "roles", List.of(roles)));
        if (phone != null) {
            person.put("phone", phone);
        }
        return person;
    }

    public static String in(UUID community, String path) {
        return "/v1/communities/" + community + path;
    }

    private JsonNode post(String path, Object body) {
        return json(send(operator(), HttpMethod.POST, path, body).expectStatus().isCreated());
    }

    /// Sends a write with a new idempotency key.
    public static WebTestClient.ResponseSpec send(WebTestClient client, HttpMethod method, String path, Object body) {
        return client.method(method)
                .uri(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .bodyValue(body)
                .exchange();
    }

    public static WebTestClient.ResponseSpec get(WebTestClient client, String path) {
        return client.get().uri(path).exchange();
    }

    public static JsonNode json(WebTestClient.ResponseSpec response) {
        return JSON.readTree(response.expectBody(byte[].class).returnResult().getResponseBody());
    }

    /// The problem of a refusal, without the leading path of its type.
    public static String problem(WebTestClient.ResponseSpec response) {
        return json(response).path("type").asString().substring("/problems/".length());
    }

    public static UUID id(JsonNode node) {
        return UUID.fromString(node.path("id").asString());
    }
}
