package io.linli.groupbuy.community;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers as community-service does about the doors it was told; every id is a member but those it was told are none,
/// and every member a leader but those who were dismissed.
public final class CommunityDouble implements BeforeAllCallback, AfterAllCallback {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<UUID, Door> doors = new ConcurrentHashMap<>();
    private final Set<UUID> nobodies = ConcurrentHashMap.newKeySet();
    private final Set<UUID> dismissed = ConcurrentHashMap.newKeySet();
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().extensions(new Answers()));

    /// One for all tests that need it in passing only; it runs until the last of them has ended.
    public static String inPassing() {
        return InPassing.DOUBLE.url();
    }

    private static final class InPassing {
        private static final CommunityDouble DOUBLE = new CommunityDouble();

        static {
            DOUBLE.start();
        }
    }

    public String url() {
        return server.baseUrl();
    }

    public WireMockServer server() {
        return server;
    }

    /// A household lives behind this door.
    public UUID household(String building, String unit, int floor, String room) {
        var household = UUID.randomUUID();
        doors.put(household, new Door(building, unit, floor, room));
        return household;
    }

    /// Nobody has this id.
    public UUID nobody() {
        var id = UUID.randomUUID();
        nobodies.add(id);
        return id;
    }

    /// This member has the role of a leader no more.
    public void dismiss(UUID member) {
        dismissed.add(member);
    }

    /// And has it again.
    public void appoint(UUID member) {
        dismissed.remove(member);
    }

    /// It answers again.
    public void recover() {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("community")));
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        start();
    }

    private void start() {
        server.start();
        recover();
    }

    @Override
    public void afterAll(ExtensionContext test) {
        server.stop();
    }

    private final class Answers implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent event) {
            var asked = JSON.readTree(event.getRequest().getBodyAsString());
            var url = event.getRequest().getUrl();
            var answer = url.endsWith("/known")
                    ? Map.of("memberIds", known(asked.path("memberIds"), url.startsWith("/internal/")))
                    : Map.of(
                            "items",
                            url.endsWith("/household-doors")
                                    ? listed(asked.path("householdIds"))
                                    : matched(asked.path("addresses")));
            return new com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder()
                    .withStatus(200)
                    .withHeader("Content-Type", "application/json")
                    .withBody(JSON.writeValueAsString(answer))
                    .build();
        }

        private List<String> known(JsonNode ids, boolean leaders) {
            return ids.valueStream()
                    .map(JsonNode::asString)
                    .filter(id -> !nobodies.contains(UUID.fromString(id)))
                    .filter(id -> !leaders || !dismissed.contains(UUID.fromString(id)))
                    .toList();
        }

        private List<Map<String, Object>> listed(JsonNode ids) {
            var items = new ArrayList<Map<String, Object>>();
            ids.forEach(id -> {
                var door = doors.get(UUID.fromString(id.asString()));
                if (door != null) {
                    var item = new LinkedHashMap<String, Object>();
                    item.put("householdId", id.asString());
                    item.put("building", door.building());
                    item.put("unit", door.unit());
                    item.put("floor", door.floor());
                    item.put("room", door.room());
                    items.add(item);
                }
            });
            return items;
        }

        private List<Map<String, Object>> matched(JsonNode addresses) {
            var items = new ArrayList<Map<String, Object>>();
            addresses.forEach(address -> items.add(Map.of(
                    "households",
                    doors.entrySet().stream()
                            .filter(entry -> lives(entry.getValue(), address))
                            .map(entry -> Map.of(
                                    "householdId", entry.getKey().toString(),
                                    "buildingId",
                                            UUID.nameUUIDFromBytes(
                                                    entry.getValue().building().getBytes())))
                            .toList())));
            return items;
        }

        private boolean lives(Door door, JsonNode address) {
            var unit = address.path("unit").asString("");
            return plain(door.building()).equals(plain(address.path("building").asString()))
                    && (unit.isEmpty() || plain(door.unit()).equals(plain(unit)))
                    && plain(door.room()).equals(plain(address.path("room").asString()));
        }

        private String plain(String name) {
            return name.replaceAll("(号楼|号|栋|单元|室|\\s)", "");
        }

        @Override
        public String getName() {
            return "community";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
