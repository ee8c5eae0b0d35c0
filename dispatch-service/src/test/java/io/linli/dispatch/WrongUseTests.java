package io.linli.dispatch;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.help.HelpScene;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.kit.testing.WrongUse.Attempt;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class WrongUseTests {

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.dispatch.assign-every", "50ms");

    @TestFactory
    Stream<DynamicTest> wrong_use_is_answered_with_a_documented_problem() {
        return WrongUse.of(service)
                .inWrongState("takeShift", "volunteer-not-registered", WrongUseTests::shiftOfSomebodyNotRegistered)
                .inWrongState(
                        "acceptTask",
                        "task-already-accepted",
                        in(scene -> scene.attempt(scene.volunteer, scene.accepted(), null)))
                .inWrongState(
                        "refuseTask",
                        "task-already-dropped",
                        in(scene -> scene.attempt(scene.volunteer, scene.dropped(), null)))
                .inWrongState(
                        "dropTask",
                        "task-not-collected",
                        in(scene -> scene.attempt(scene.volunteer, scene.accepted(), Compound.proof())))
                .inWrongState(
                        "confirmTask",
                        "task-not-dropped",
                        in(scene -> scene.attempt(scene.resident, scene.offered(), null)))
                .inWrongState(
                        "failTask",
                        "task-already-dropped",
                        in(scene -> scene.attempt(scene.volunteer, scene.dropped(), Map.of("reason", "not-home"))))
                .inWrongState(
                        "triageHelp",
                        "help-already-triaged",
                        help(scene -> scene.coordinator, HelpScene::triaged, Map.of()))
                .inWrongState("matchHelp", "help-not-triaged", help(scene -> scene.coordinator, HelpScene::asked, null))
                .inWrongState(
                        "referHelp",
                        "help-not-triaged",
                        help(scene -> scene.coordinator, HelpScene::asked, Map.of("partnerId", UUID.randomUUID())))
                .inWrongState(
                        "recallHelp", "help-not-given", help(scene -> scene.coordinator, HelpScene::triaged, null))
                .inWrongState("cancelHelp", "help-ended", help(scene -> scene.resident, WrongUseTests::cancelled, null))
                .inWrongState("closeHelp", "help-not-answered", help(scene -> scene.resident, HelpScene::asked, null))
                .inWrongState("reopenHelp", "help-not-answered", help(scene -> scene.resident, HelpScene::asked, null))
                .inWrongState(
                        "rateHelp",
                        "help-not-closed",
                        help(scene -> scene.resident, HelpScene::asked, Map.of("stars", 5)))
                .allowedInEveryState("registerVolunteer", "askForHelp")
                .tests();
    }

    private static Supplier<Attempt> in(Function<Scene, Attempt> attempt) {
        return () -> attempt.apply(new Scene());
    }

    private static Supplier<Attempt> help(
            Function<HelpScene, Compound.Member> who, Function<HelpScene, UUID> request, @Nullable Object body) {
        return () -> {
            var scene = new HelpScene(service);
            return new Attempt(who.apply(scene).token(), body, scene.compound.community, request.apply(scene));
        };
    }

    private static UUID cancelled(HelpScene scene) {
        var request = scene.asked();
        scene.write(scene.resident, request, "cancellation").expectStatus().isOk();
        return request;
    }

    private static Attempt shiftOfSomebodyNotRegistered() {
        var compound = new Compound(service);
        var now = Instant.now();
        var shift = Map.of(
                "startsAt", now.toString(), "endsAt", now.plusSeconds(3600).toString());
        return new Attempt(compound.member("volunteer").token(), shift, compound.community);
    }

    /// A parcel, the only volunteer on shift, who is offered it, and somebody of the household it goes to.
    private static final class Scene {
        final Compound compound = new Compound(service);
        final Compound.Member volunteer = compound.volunteer(10_000);
        final Compound.Parcel parcel = compound.ready(compound.building("12 号楼", 80, -25), 100);
        final Compound.Member resident = compound.member(parcel.household(), "resident");

        DoorstepTask offered() {
            return compound.await(volunteer, parcel, TaskState.OFFERED);
        }

        DoorstepTask accepted() {
            return compound.accepted(volunteer, parcel);
        }

        DoorstepTask dropped() {
            return compound.dropped(volunteer, parcel);
        }

        Attempt attempt(Compound.Member who, DoorstepTask task, @Nullable Object body) {
            return new Attempt(who.token(), body, compound.community, task.getId());
        }
    }
}
