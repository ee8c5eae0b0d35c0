package io.linli.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.local.client.Api;
import io.linli.local.client.Api.Request;
import io.linli.local.client.Await;
import io.linli.local.client.Keys;
import io.linli.local.client.Person;
import io.linli.local.client.Registry;
import io.linli.local.client.Registry.NewHousehold;
import io.linli.local.client.Registry.NewPerson;
import io.linli.local.client.Station.NewHandOver;
import io.linli.local.client.Station.Parcel;
import io.linli.local.system.RunningSystem;
import io.linli.local.system.SystemOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Story 12: someone photographs a shelf label, or looks over the keeper's or a volunteer's shoulder.
@ExtendWith(SharedSystem.class)
class ShelfLabelJourney {

    private static final String NAME = "欧阳明月";
    private static final String ROOM = "竹1734";
    private static final String PHONE = "13897531864";
    private static final String UUID_TEXT = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Test
    void no_output_with_a_label_shows_a_name_six_digits_of_a_phone_or_a_room(RunningSystem system) {
        var round = new Round(system);
        var resident = neighbour(system, round);
        var groupBuy = round.open(Round.item("茶", 5));
        round.groupBuys.order(
                resident, groupBuy.groupBuyId(), Round.one(groupBuy, "茶", true), "k-" + groupBuy.groupBuyId());
        var parcel = round.receive(groupBuy).getFirst();

        var outputs = outputs(round, resident, parcel);

        assertThat(outputs).hasSizeGreaterThanOrEqualTo(8);
        assertThat(outputs).allSatisfy(ShelfLabelJourney::assertDiscreet);
        assertThat(outputs).anySatisfy(output -> assertThat(output.toString()).contains(label(parcel)));
        assertThat(label(parcel)).matches("\\d{1,3}-\\d{1,2}-\\d{1,6}");
    }

    private static Person neighbour(RunningSystem system, Round round) {
        var operator = new Person(new Api(system.gateway()), SystemOptions.OPERATOR_PHONE, Clock.systemUTC());
        var registry = new Registry(round.people.community());
        var keys = new Keys("shelf-label");
        var unit = registry.units(operator).getFirst().id();
        var person = new NewPerson(NAME, PHONE, List.of("resident"));
        var request = new NewHousehold(unit, ROOM, 7, 1, List.of(person));
        var household =
                registry.register(operator, request, keys.of("household")).id();
        registry.consentToStation(operator, household, "voice", keys.of("consent"));
        return new Person(new Api(system.gateway()), PHONE, Clock.systemUTC());
    }

    /// Everything that carries a label, as the keeper, the volunteer, the coordinator and the resident get to see it.
    private static List<JsonNode> outputs(Round round, Person resident, Parcel parcel) {
        var community = "/v1/communities/" + round.people.community();
        var outputs = new ArrayList<JsonNode>();
        for (var reader : List.of(round.people.keeper(), round.people.coordinator())) {
            outputs.add(see(reader, community + "/parcels?state=ready"));
            outputs.add(see(reader, community + "/parcels/" + parcel.parcelId()));
            outputs.add(see(reader, community + "/parcels/" + parcel.parcelId() + "/custody"));
            outputs.add(see(reader, community + "/consignments"));
        }
        Await.untilTrue(
                "the task",
                Round.LIMIT,
                () -> tasks(round, community)
                        .anyMatch(tasks ->
                                tasks.toString().contains(parcel.parcelId().toString())));
        tasks(round, community).forEach(outputs::add);
        outputs.add(see(round.people.coordinator(), community + "/tasks?view=all&state=offered"));
        outputs.add(see(resident, community + "/pick-up-code"));
        outputs.add(see(resident, community + "/notices"));
        outputs.add(handOver(round, resident, parcel));
        return outputs;
    }

    private static Stream<JsonNode> tasks(Round round, String community) {
        return round.people.volunteers().stream().map(volunteer -> see(volunteer, community + "/tasks?view=mine"));
    }

    private static JsonNode handOver(Round round, Person resident, Parcel parcel) {
        var code = round.station.code(resident).code();
        var body = new NewHandOver(label(parcel), code, List.of(parcel.parcelId()));
        var answer = round.people
                .keeper()
                .ask(new Request("POST", round.station.handOversPath(), body, round.keys.of("hand-over"), null));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json();
    }

    private static JsonNode see(Person reader, String path) {
        return reader.get(path, JsonNode.class);
    }

    private static void assertDiscreet(JsonNode output) {
        texts(output).forEach(text -> {
            assertThat(text)
                    .doesNotContain(NAME)
                    .doesNotContain(NAME.substring(0, 2))
                    .doesNotContain(ROOM.substring(1));
            for (int i = 0; i + 6 <= PHONE.length(); i++) {
                assertThat(text).doesNotContain(PHONE.substring(i, i + 6));
            }
        });
    }

    /// All texts but ids, in whose digits a room may stand by chance.
    static Stream<String> texts(JsonNode node) {
        if (node.isContainer()) {
            return node.values().stream().flatMap(ShelfLabelJourney::texts);
        }
        return Stream.of(node.asString("")).filter(text -> !text.matches(UUID_TEXT) && !text.matches("\\d{4}-.*Z"));
    }

    private static String label(Parcel parcel) {
        return java.util.Objects.requireNonNull(parcel.label());
    }
}
