package io.linli.community;

import static io.linli.community.Neighbourhood.household;
import static io.linli.community.Neighbourhood.person;
import static io.linli.community.Neighbourhood.send;

import io.linli.community.Neighbourhood.Place;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.kit.testing.WrongUse.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;

class WrongUseTests {
    private static final String PHONE = "13800138000";

    @RegisterExtension
    static final ServiceUnderTest service = Neighbourhood.service();

    private final Neighbourhood here = new Neighbourhood(service);

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service)
                .keepingKeysUnder(WrongUseTests::newCommunity)
                .inWrongState("addBuilding", "building-exists", again(_ -> building()))
                .inWrongState(
                        "addUnit",
                        "unit-exists",
                        again(place -> Map.of("buildingId", place.building(), "name", "2 单元")))
                .inWrongState("closeBuilding", "building-closed", this::closedBuilding)
                .inWrongState("reopenBuilding", "building-not-closed", () -> attemptOn(here.place()))
                .inWrongState("registerHousehold", "room-taken", again(place -> household(place, "1201")))
                .inWrongState("addMember", "phone-taken", again(_ -> person("李建国", PHONE, "resident")))
                .allowedInEveryState(
                        "createCommunity", "setRoles", "setStationDepositConsent", "setCare", "lookUpHousehold")
                .tests();
    }

    /// A community that does not exist yet keeps the key it is created with.
    private static UUID newCommunity(UUID caller, String key) {
        return UUID.nameUUIDFromBytes((caller + "|" + key).getBytes(StandardCharsets.UTF_8));
    }

    /// Adds to a place what it has already: its building and unit, the room and the phone of a household.
    private Supplier<Attempt> again(Function<Place, Object> body) {
        return () -> {
            var place = here.place();
            here.home(place, "1201", person("王小梅", PHONE, "resident"));
            return new Attempt(operator(), body.apply(place), place.community());
        };
    }

    private Attempt closedBuilding() {
        var place = here.place();
        var path = Neighbourhood.in(place.community(), "/buildings/" + place.building() + "/closure");
        send(here.operator(), HttpMethod.POST, path, Map.of("reason", "封控"))
                .expectStatus()
                .isOk();
        return attemptOn(place);
    }

    private static Attempt attemptOn(Place place) {
        return new Attempt(operator(), Map.of("reason", "封控"), place.community(), place.building());
    }

    private static String operator() {
        return service.tokens().token(UUID.randomUUID()).scope("operator").sign();
    }

    private static Map<String, Object> building() {
        return Map.of("name", "12 号楼", "x", 80, "y", -25, "floors", 18, "lift", true);
    }
}
