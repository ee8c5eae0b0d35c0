package io.linli.community.door;

import static io.linli.community.Neighbourhood.get;
import static io.linli.community.Neighbourhood.in;
import static io.linli.community.Neighbourhood.json;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.linli.community.Neighbourhood;
import io.linli.community.Neighbourhood.Home;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ManyDoorsTests {
    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Neighbourhood neighbourhood = new Neighbourhood(service);
    private final Home home =
            neighbourhood.home(neighbourhood.place(), "1201", person("王小梅", "13800138000", "resident"));
    private final Home next = neighbourhood.home(home.place(), "10A", person("李雷", "13900139000", "resident"));
    private final WebTestClient leader = neighbourhood.member(home.place(), "leader");

    @Test
    void a_leader_sees_doors_without_names_and_each_household_sees_that() {
        var asked = Map.of("householdIds", List.of(home.household(), next.household(), UUID.randomUUID()));

        var doors = json(post(leader, "/household-doors", asked).expectStatus().isOk());
        var log = json(get(
                        neighbourhood.resident(home, "resident"),
                        in(home.place().community(), "/households/" + home.household() + "/reveals")))
                .path("items");

        assertThat(doors.path("items")).hasSize(2);
        assertThat(doors.toString()).contains("1201", "10A", "12 号楼").doesNotContain("王", "李", "138");
        assertThat(log).hasSize(1);
        assertThat(log.get(0).path("what").asString()).isEqualTo("packing-sheet");
        assertThat(log.get(0).path("role").asString()).isEqualTo("leader");
    }

    @Test
    void doors_of_another_community_are_not_there() {
        var elsewhere = neighbourhood.member(neighbourhood.place(), "leader");
        var asked = Map.of("householdIds", List.of(home.household()));

        post(elsewhere, "/household-doors", asked).expectStatus().isForbidden();
    }

    @Test
    void nobody_without_the_role_sees_doors() {
        var asked = Map.of("householdIds", List.of(home.household()));

        for (var role : List.of("resident", "volunteer", "keeper", "floor-leader")) {
            var other = neighbourhood.member(home.place(), role);
            assertThat(problem(post(other, "/household-doors", asked)
                            .expectStatus()
                            .isForbidden()))
                    .isEqualTo("role-required");
        }
    }

    @Test
    void who_leads_a_group_buy_sees_doors_without_the_role_until_others_lead_it_or_it_is_long_over()
            throws IOException {
        var asked = Map.of("householdIds", List.of(home.household()));
        var next = neighbourhood.resident(this.next, "resident");
        assertThat(problem(post(next, "/household-doors", asked))).isEqualTo("role-required");

        var groupBuy = UUID.randomUUID();
        tell(groupBuy, 1, Instant.now(), this.next.member());
        Await.until("heard", SOON, () -> status(next, asked) == 200);
        post(next, "/household-matches", Map.of("addresses", List.of(address("12||1201"))))
                .expectStatus()
                .isOk();
        var log = json(get(
                        neighbourhood.resident(home, "resident"),
                        in(home.place().community(), "/households/" + home.household() + "/reveals")))
                .path("items");
        assertThat(log.get(0).path("role").asString()).isEqualTo("leader");

        tell(groupBuy, 3, Instant.now(), UUID.randomUUID());
        Await.until("heard", SOON, () -> status(next, asked) == 403);
        tell(groupBuy, 2, Instant.now(), this.next.member());
        tell(UUID.randomUUID(), 0, Instant.now().minus(Duration.ofDays(31)), this.next.member());
        var last = UUID.randomUUID();
        tell(last, 0, Instant.now(), home.member());
        Await.until("heard", SOON, () -> status(neighbourhood.resident(home, "resident"), asked) == 200);
        assertThat(status(next, asked)).isEqualTo(403);
    }

    /// The publisher's own sample, about other people.
    private void tell(UUID groupBuy, int version, Instant closesAt, UUID leader) throws IOException {
        var sample = Files.readString(Path.of("../group-buy-service/src/main/events/group-buy.led.v1.json"));
        var event = (ObjectNode) JsonMapper.shared().readTree(sample);
        event.put("groupBuyId", groupBuy.toString()).put("version", version).put("closesAt", closesAt.toString());
        event.putArray("leaderIds").add(leader.toString());
        service.events().publish(home.place().community(), "group-buy.led.v1", groupBuy, event);
    }

    private int status(WebTestClient client, Object asked) {
        return post(client, "/household-doors", asked)
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    @Test
    void addresses_are_matched_however_they_are_written() {
        var written = Stream.of(
                        "12|2|1201", "１２号|2单元|1201室", "12 号楼||１２０１", "12栋|二|1201", "3||1201", "12||10a", "12||９")
                .map(ManyDoorsTests::address)
                .toList();

        var matches = json(post(leader, "/household-matches", Map.of("addresses", written))
                .expectStatus()
                .isOk());

        assertThat(matches.path("items"))
                .extracting(match -> ids(match.path("households")))
                .containsExactly(
                        List.of(home.household().toString()),
                        List.of(home.household().toString()),
                        List.of(home.household().toString()),
                        List.of(),
                        List.of(),
                        List.of(next.household().toString()),
                        List.of());
    }

    @Test
    void an_address_without_a_unit_may_be_several_doors() {
        var place = home.place();
        var unit = neighbourhood.unit(place.community(), place.building(), "3 单元");
        var twin = neighbourhood.home(new Neighbourhood.Place(place.community(), place.building(), unit), "1201");

        var matches = json(post(leader, "/household-matches", Map.of("addresses", List.of(address("12||1201")))));

        assertThat(ids(matches.path("items").get(0).path("households")))
                .containsExactlyInAnyOrder(
                        home.household().toString(), twin.household().toString());
    }

    private static Map<String, Object> address(String written) {
        var parts = written.split("\\|", -1);
        return parts[1].isEmpty()
                ? Map.of("building", parts[0], "room", parts[2])
                : Map.of("building", parts[0], "unit", parts[1], "room", parts[2]);
    }

    private static List<String> ids(JsonNode array) {
        return array.valueStream()
                .map(match -> match.path("householdId").asString())
                .toList();
    }

    private WebTestClient.ResponseSpec post(WebTestClient client, String path, Object body) {
        return client.post()
                .uri(in(home.place().community(), path))
                .bodyValue(body)
                .exchange();
    }
}
