package io.linli.dispatch;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.DroppedBatch;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.help.HelpScene;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.WrongUse;
import io.linli.kit.testing.WrongUse.Attempt;
import java.time.Instant;
import java.util.List;
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
                        "changeMyProfile", "volunteer-not-registered", () -> unregistered(Map.of("skills", List.of())))
                .inWrongState(
                        "changeMyAvailability", "volunteer-not-registered", () -> unregistered(Map.of("busy", true)))
                .inWrongState("takePlace", "volunteer-not-registered", WrongUseTests::placeOfSomebodyNotRegistered)
                .inWrongState("giveUpPlace", "shift-started", WrongUseTests::placeInShiftThatHasBegun)
                .inWrongState("correctHours", "hours-not-enough", WrongUseTests::correctionBelowNothing)
                .inWrongState("revokeTraining", "training-revoked", WrongUseTests::revokedTraining)
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
                        "departTask",
                        "task-not-collected",
                        in(scene -> scene.attempt(scene.volunteer, scene.accepted(), null)))
                .inWrongState(
                        "pickUpTask",
                        "task-not-carried",
                        in(scene -> scene.attempt(scene.volunteer, scene.accepted(), null)))
                .inWrongState(
                        "reassignTask",
                        "task-already-dropped",
                        in(scene -> scene.attempt(scene.coordinator, scene.dropped(), Map.of())))
                .inWrongState("dropTasks", "task-not-collected", in(Scene::dropOfAccepted))
                .inWrongState("undoDrop", "undo-too-late", in(Scene::undoOfUndone))
                .inWrongState("confirmTasks", "task-not-dropped", in(Scene::confirmationOfOffered))
                .inWrongState("settleEscalation", "escalation-settled", in(Scene::settlementOfSettled))
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
                .allowedInEveryState("registerVolunteer", "recordTraining", "planShift", "askForHelp")
                .tests();
    }

    private static Supplier<Attempt> in(Function<Scene, Attempt> attempt) {
        return () -> attempt.apply(new Scene());
    }

    private static Attempt unregistered(Object body) {
        var compound = new Compound(service);
        return new Attempt(compound.member("volunteer").token(), body, compound.community);
    }

    private static Attempt placeOfSomebodyNotRegistered() {
        var compound = new Compound(service);
        var day = Map.of("day", Roster.DAY_OF_PLANS.toString());
        return new Attempt(compound.member("volunteer").token(), day, compound.community, new Roster(compound).plan());
    }

    private static Attempt placeInShiftThatHasBegun() {
        var compound = new Compound(service);
        var volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
        var place = new Roster(compound).place(volunteer, new Roster(compound).plan());
        service.jdbc()
                .sql("UPDATE shift_place SET starts_at = 'epoch' WHERE place_id = ?")
                .param(place)
                .update();
        return new Attempt(volunteer.token(), null, compound.community, place);
    }

    private static Attempt correctionBelowNothing() {
        var compound = new Compound(service);
        var volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
        var body = Map.of(
                "minutes", -1, "reason", "twice", "countsAt", Instant.now().toString());
        return new Attempt(compound.member("coordinator").token(), body, compound.community, volunteer.id());
    }

    private static Attempt revokedTraining() {
        var compound = new Compound(service);
        var volunteer = compound.member("volunteer");
        var coordinator = compound.member("coordinator");
        compound.register(volunteer, 5_000, 0);
        var training = new Roster(compound).training(coordinator, volunteer, "drill");
        var path = "/volunteers/" + volunteer.id() + "/trainings/" + training + "/revocation";
        compound.post(coordinator, path).expectStatus().isOk();
        return new Attempt(coordinator.token(), null, compound.community, volunteer.id(), training);
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

        final Compound.Member coordinator = compound.member("coordinator");

        Attempt dropOfAccepted() {
            var body = Map.of("taskIds", List.of(accepted().getId()), "proof", Map.of("kind", "voice"));
            return new Attempt(volunteer.token(), body, compound.community);
        }

        Attempt undoOfUndone() {
            var task = compound.carried(volunteer, parcel).getId();
            var body = Map.of("taskIds", List.of(task), "proof", Map.of("kind", "voice"));
            var batch = compound.post(volunteer, "/tasks/drops", body)
                    .expectBody(DroppedBatch.class)
                    .returnResult()
                    .getResponseBody();
            compound.post(volunteer, "/tasks/drops/" + batch.getId() + "/undo")
                    .expectStatus()
                    .isOk();
            return new Attempt(volunteer.token(), null, compound.community, batch.getId());
        }

        Attempt confirmationOfOffered() {
            var body = Map.of("taskIds", List.of(offered().getId()));
            return new Attempt(resident.token(), body, compound.community);
        }

        Attempt settlementOfSettled() {
            compound.post(volunteer, "/tasks/" + accepted().getId() + "/failure", Map.of("reason", "unsafe"))
                    .expectStatus()
                    .isOk();
            var escalation = service.jdbc()
                    .sql("SELECT escalation_id FROM escalation WHERE community_id = ?")
                    .param(compound.community)
                    .query(UUID.class)
                    .single();
            compound.post(coordinator, "/tasks/escalations/" + escalation + "/settlement")
                    .expectStatus()
                    .isOk();
            return new Attempt(coordinator.token(), null, compound.community, escalation);
        }

        Attempt attempt(Compound.Member who, DoorstepTask task, @Nullable Object body) {
            return new Attempt(who.token(), body, compound.community, task.getId());
        }
    }
}
