package io.linli.dispatch;

import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.DroppedBatch;
import io.linli.dispatch.api.TaskState;
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
                .allowedInEveryState("registerVolunteer")
                .tests();
    }

    private static Supplier<Attempt> in(Function<Scene, Attempt> attempt) {
        return () -> attempt.apply(new Scene());
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
