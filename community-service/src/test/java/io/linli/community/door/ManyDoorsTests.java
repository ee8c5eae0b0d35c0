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
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    void who_leads_a_formed_group_buy_without_the_role_sees_the_doors_in_it_and_no_others() throws IOException {
        var groupBuy = UUID.randomUUID();
        led(groupBuy, 1, next.member());
        assertThat(problem(ask(home))).isEqualTo("role-required");

        formed(groupBuy, home);

        ask(home).expectStatus().isOk();
        assertThat(problem(ask(home, next).expectStatus().isForbidden())).isEqualTo("role-required");
        assertThat(problem(post(resident(), "/household-matches", Map.of("addresses", List.of(address("12||1201"))))))
                .isEqualTo("role-required");
        var log = json(get(
                        neighbourhood.resident(home, "resident"),
                        in(home.place().community(), "/households/" + home.household() + "/reveals")))
                .path("items");
        assertThat(log).hasSize(1);
        assertThat(log.get(0).path("role").asString()).isEqualTo("leader");
    }

    @Test
    void it_may_be_heard_that_it_is_formed_before_who_leads_it_and_the_higher_version_holds() throws IOException {
        var groupBuy = UUID.randomUUID();
        formed(groupBuy, home);
        led(groupBuy, 1, next.member());
        ask(home).expectStatus().isOk();

        led(groupBuy, 3, UUID.randomUUID());
        led(groupBuy, 2, next.member());

        ask(home).expectStatus().isForbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"group-buy.failed.v1", "group-buy.cancelled.v1"})
    void of_what_is_not_formed_nobody_is_a_leader_any_more(String end) throws IOException {
        var groupBuy = UUID.randomUUID();
        led(groupBuy, 1, next.member());

        tell(end, groupBuy, sample(end));

        assertThat(rows(groupBuy)).isZero();
        ask(home).expectStatus().isForbidden();
    }

    @Test
    void the_days_count_from_when_it_was_formed_and_then_all_of_it_is_forgotten() throws IOException {
        var groupBuy = UUID.randomUUID();
        led(groupBuy, 1, next.member());
        formed(groupBuy, home);
        var other = UUID.randomUUID();
        led(other, 1, next.member());
        formed(other, next);

        formedDaysAgo(groupBuy, 29);
        forget();
        ask(home).expectStatus().isOk();
        formedDaysAgo(groupBuy, 31);

        ask(home).expectStatus().isForbidden();
        assertThat(rows(groupBuy)).isEqualTo(2);
        forget();
        assertThat(rows(groupBuy)).isZero();
        assertThat(rows(other)).isEqualTo(2);
        ask(next).expectStatus().isOk();
    }

    /// Closed by hand long before its window would have ended, it is over all the same.
    private void formedDaysAgo(UUID groupBuy, int days) {
        var at = Timestamp.from(Instant.now().minus(Duration.ofDays(days)));
        service.jdbc()
                .sql("UPDATE group_buy_formed SET formed_at = ? WHERE group_buy_id = ?")
                .params(at, groupBuy)
                .update();
        service.jdbc()
                .sql("UPDATE group_buy_lead SET closes_at = ? WHERE group_buy_id = ?")
                .params(at, groupBuy)
                .update();
    }

    private static void forget() {
        service.bean(ForgetLeads.class).handle(Instant.now()).block(SOON);
    }

    private static int rows(UUID groupBuy) {
        return service.jdbc()
                .sql("""
                        SELECT (SELECT count(*) FROM group_buy_lead WHERE group_buy_id = :id)::int
                             + (SELECT count(*) FROM group_buy_formed WHERE group_buy_id = :id)::int""")
                .param("id", groupBuy)
                .query(Integer.class)
                .single();
    }

    private WebTestClient resident() {
        return neighbourhood.resident(next, "resident");
    }

    private WebTestClient.ResponseSpec ask(Home... homes) {
        return post(
                resident(),
                "/household-doors",
                Map.of("householdIds", Stream.of(homes).map(Home::household).toList()));
    }

    private void led(UUID groupBuy, int version, UUID leader) throws IOException {
        var event = sample("group-buy.led.v1").put("version", version);
        event.put("closesAt", Instant.now().toString());
        event.putArray("leaderIds").add(leader.toString());
        tell("group-buy.led.v1", groupBuy, event);
    }

    private void formed(UUID groupBuy, Home ordering) throws IOException {
        var event = sample("group-buy.formed.v1");
        ((ObjectNode) event.path("orders").get(0))
                .put("householdId", ordering.household().toString());
        tell("group-buy.formed.v1", groupBuy, event);
    }

    /// The publisher's own sample.
    private static ObjectNode sample(String type) throws IOException {
        var sample = Files.readString(Path.of("../group-buy-service/src/main/events", type + ".json"));
        return (ObjectNode) JsonMapper.shared().readTree(sample);
    }

    /// Told about this group buy, and heard.
    private void tell(String type, UUID groupBuy, ObjectNode event) {
        event.put("groupBuyId", groupBuy.toString());
        var id = service.events().publish(home.place().community(), type, groupBuy, event);
        Await.until(
                "heard",
                SOON,
                () -> service.jdbc()
                        .sql("SELECT state FROM inbox WHERE queue = 'community.doors' AND event_id = ?")
                        .param(id)
                        .query(String.class)
                        .list()
                        .equals(List.of("done")));
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
