package io.linli.station;

import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.kit.testing.WrongUse.Attempt;
import io.linli.station.StationDay.Share;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class WrongUseTests {
    @RegisterExtension
    static final ServiceUnderTest service = StationDay.station();

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service)
                .inWrongState("addShelf", "shelf-exists", WrongUseTests::aShelfThatIsThere)
                .inWrongState("checkInConsignment", "consignment-checked-in", WrongUseTests::aCheckInAfterTheFirst)
                .inWrongState(
                        "shelveConsignment", "consignment-not-checked-in", WrongUseTests::shelvingBeforeTheCheckIn)
                .inWrongState("collectParcel", "not-your-task", WrongUseTests::aCollectionWithoutATask)
                .inWrongState("failParcel", "already-handed-over", WrongUseTests::aFailureAfterTheHandOver)
                .inWrongState("handOver", "already-handed-over", WrongUseTests::aHandOverAfterTheFirst)
                .allowedInEveryState("renewPickUpCode")
                .tests();
    }

    private static Attempt aShelfThatIsThere() {
        var day = StationDay.on(service);
        day.shelf(1, 2, 4);
        return new Attempt(day.keeperToken(), Map.of("shelf", 1, "levels", 2, "positions", 4), day.community);
    }

    private static Attempt aCheckInAfterTheFirst() {
        var day = StationDay.on(service);
        var consignment = consignment(day);
        day.checkIn(consignment).expect(200);
        return new Attempt(day.keeperToken(), Map.of(), day.community, consignment);
    }

    private static Attempt shelvingBeforeTheCheckIn() {
        var day = StationDay.on(service);
        return new Attempt(day.keeperToken(), null, day.community, consignment(day));
    }

    private static UUID consignment(StationDay day) {
        return day.arrived(List.of(new Share(day.household(false, true), 900, false)));
    }

    private static Attempt aCollectionWithoutATask() {
        var day = StationDay.on(service);
        var body = Map.of("taskId", UUID.randomUUID());
        var parcel = day.parcel(shelved(day)).id();
        return new Attempt(day.token(UUID.randomUUID(), "volunteer"), body, day.community, parcel);
    }

    private static Attempt aFailureAfterTheHandOver() {
        var day = StationDay.on(service);
        var household = shelved(day);
        day.handOver(day.label(household), day.code(household)).expect(201);
        var parcel = day.parcel(household).id();
        return new Attempt(day.keeperToken(), Map.of("reason", "damaged"), day.community, parcel);
    }

    private static Attempt aHandOverAfterTheFirst() {
        var day = StationDay.on(service);
        var household = shelved(day);
        var body = Map.of("label", day.label(household), "code", day.code(household));
        day.post(day.keeperToken(), "/hand-overs", body).expect(201);
        return new Attempt(day.keeperToken(), body, day.community);
    }

    private static UUID shelved(StationDay day) {
        day.shelf(1, 2, 4);
        var household = day.household(false, true);
        day.shelved(List.of(household));
        return household;
    }
}
