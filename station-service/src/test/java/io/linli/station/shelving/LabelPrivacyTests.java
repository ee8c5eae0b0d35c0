package io.linli.station.shelving;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.station.StationDay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Story 12: whoever photographs a label or a list of the station learns no name, no phone number and no room.
class LabelPrivacyTests {
    private static final List<String> PERSONAL = List.of("王秀英", "13812345678", "1203", "room", "phone");

    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    @Test
    void no_label_and_no_list_tells_who_lives_where() {
        var day = StationDay.on(service);
        day.shelf(2, 5, 20);
        var household = householdWithPersonalData(day);
        day.shelved(List.of(household));
        var label = day.label(household);
        var parcel = day.parcel(household).id();
        var consignment = day.get(day.keeperToken(), "/consignments")
                .body()
                .path("items")
                .path(0)
                .path("consignmentId")
                .asString();
        var code = day.code(household);
        var keeper = day.keeperToken();

        var outputs = Stream.of(
                        day.get(keeper, "/shelves"),
                        day.get(keeper, "/consignments"),
                        day.get(keeper, "/consignments/" + consignment),
                        day.get(keeper, "/parcels"),
                        day.get(keeper, "/parcels/" + parcel),
                        day.get(day.resident(household), "/pick-up-code"),
                        day.handOver(label, code),
                        day.get(keeper, "/parcels/" + parcel + "/custody"))
                .map(StationDay.Answer::body)
                .toList();

        assertThat(label).matches("2-[1-5]-[0-9]+");
        assertThat(outputs).allSatisfy(LabelPrivacyTests::isImpersonal);
        var told = service.events()
                .await("parcel.ready.v1", heard -> heard.subject().equals(parcel));
        isImpersonal(told.data());
    }

    private static void isImpersonal(JsonNode output) {
        var texts = output.findValues("label").stream().map(JsonNode::asString);
        assertThat(texts).allMatch(label -> label.matches("[0-9]+-[0-9]+-[0-9]+"));
        assertThat(withoutIds(output)).doesNotContain(PERSONAL);
    }

    /// Random digits of an id or a time may look like a room.
    private static String withoutIds(JsonNode output) {
        return output.toString()
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "");
    }

    /// A publisher that says too much: what the station does not read it cannot show.
    private static UUID householdWithPersonalData(StationDay day) {
        var household = UUID.randomUUID();
        var told = new HashMap<String, Object>(Map.of(
                "householdId",
                household,
                "version",
                1,
                "buildingId",
                UUID.randomUUID(),
                "buildingName",
                "12 号楼",
                "floor",
                12,
                "doorstep",
                false,
                "stationConsent",
                true));
        told.putAll(Map.of("room", "1203", "name", "王秀英", "phone", "13812345678"));
        day.publish("household.changed.v1", household, told);
        StationDay.until("the household is known", () -> day.appliedVersion(household) == 1);
        return household;
    }
}
