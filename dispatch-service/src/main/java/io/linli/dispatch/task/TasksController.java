package io.linli.dispatch.task;

import io.linli.dispatch.Page;
import io.linli.dispatch.api.DoorstepTask;
import io.linli.dispatch.api.DropProof;
import io.linli.dispatch.api.TaskPage;
import io.linli.dispatch.api.TaskState;
import io.linli.dispatch.api.TaskView;
import io.linli.dispatch.api.TasksApi;
import io.linli.kit.data.Transactions;
import io.linli.kit.web.Caller;
import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What of doorstep tasks is shown to whom: building, floor, weight, label and parcel, and the household's id to
/// whoever accepted the task; never a name, phone or room.
@RestController
class TasksController implements TasksApi {

    private static final String COORDINATOR = "coordinator";
    private static final String VOLUNTEER = "volunteer";
    private static final String HOUSEHOLD = "household";

    private final TaskPages taskPages;
    private final Transactions transactions;

    TasksController(TaskPages taskPages, Transactions transactions) {
        this.taskPages = taskPages;
        this.transactions = transactions;
    }

    @Override
    public Mono<TaskPage> listTasks(
            UUID communityId,
            @Nullable TaskState state,
            @Nullable TaskView view,
            Integer limit,
            @Nullable UUID cursor,
            ServerWebExchange exchange) {
        var word = state == null ? null : state.getValue();
        return Caller.current().flatMap(caller -> {
            var asking = caller.in(communityId);
            var seen = view(caller, asking, view == null ? usualView(asking) : view);
            var wanted = new TaskPages.Wanted(seen, word, Page.after(cursor), limit + 1);
            return find(communityId, wanted)
                    .map(rows -> Page.of(rows, limit, Task::id))
                    .map(page -> toAnswer(page, asking));
        });
    }

    private Mono<List<Task>> find(UUID community, TaskPages.Wanted wanted) {
        return transactions.in(community, () -> taskPages.list(community, wanted));
    }

    @Override
    public Mono<DoorstepTask> getTask(UUID communityId, UUID taskId, ServerWebExchange exchange) {
        return Caller.current().flatMap(caller -> {
            var asking = caller.in(communityId);
            return transactions
                    .in(communityId, () -> taskPages.find(communityId, taskId))
                    .filter(task -> maySee(task, asking))
                    .switchIfEmpty(Mono.error(TasksController::notFound))
                    .map(task -> toAnswer(task, asking));
        });
    }

    private static TaskView usualView(Membership asking) {
        if (asking.hasAny(COORDINATOR)) {
            return TaskView.ALL;
        }
        return asking.hasAny(VOLUNTEER) ? TaskView.MINE : TaskView.HOUSEHOLD;
    }

    private static TaskPages.View view(Caller caller, Membership asking, TaskView view) {
        return switch (view) {
            case ALL -> {
                caller.as(asking.community(), COORDINATOR);
                yield new TaskPages.View.All();
            }
            case MINE -> {
                caller.as(asking.community(), VOLUNTEER);
                yield new TaskPages.View.Mine(asking.member());
            }
            case HOUSEHOLD -> new TaskPages.View.Household(asking.uuid(HOUSEHOLD));
        };
    }

    private static boolean maySee(Task task, Membership asking) {
        return asking.hasAny(COORDINATOR) || isHeldBy(task, asking) || isOfHousehold(task, asking);
    }

    private static boolean isHeldBy(Task task, Membership asking) {
        return asking.member().equals(task.volunteer());
    }

    static boolean isOfHousehold(Task task, Membership asking) {
        return task.work()
                .stop()
                .household()
                .toString()
                .equals(asking.attributes().get(HOUSEHOLD));
    }

    static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "task-not-found");
    }

    private static TaskPage toAnswer(Page<Task> page, Membership asking) {
        return new TaskPage()
                .items(page.items().stream().map(task -> toAnswer(task, asking)).toList())
                .next(page.next());
    }

    static DoorstepTask toAnswer(Task task, Membership asking) {
        var work = task.work();
        var stop = work.stop();
        var answer = withParcel(new DoorstepTask(), work)
                .id(task.id())
                .kind(io.linli.dispatch.api.TaskKind.fromValue(TaskEvent.word(work.kind())))
                .buildingId(stop.building())
                .buildingName(stop.buildingName())
                .floor(stop.floor())
                .weightGrams(work.weightGrams())
                .qualifications(work.needs().qualifications().stream().sorted().toList())
                .earliest(work.needs().window().earliest())
                .latest(work.needs().window().latest())
                .attempt(task.attempt().number())
                .state(TaskState.fromValue(TaskRows.changing(task).state()))
                .since(task.since());
        if (asking.hasAny(COORDINATOR) || isHeldBy(task, asking)) {
            answer.volunteerId(task.volunteer());
        }
        if (isHeldBy(task, asking) && isCarried(task.state())) {
            answer.householdId(stop.household()).note(work.note());
        }
        return withState(answer, task.state());
    }

    private static DoorstepTask withParcel(DoorstepTask answer, Work work) {
        var parcel = work.parcel();
        return parcel == null ? answer : answer.parcelId(parcel.id()).label(parcel.label());
    }

    /// As long as its volunteer may be shown the door, which they ask community-service for.
    private static boolean isCarried(Task.State state) {
        return switch (state) {
            case Task.State.Accepted _, Task.State.Collected _, Task.State.OnTheWay _, Task.State.Dropped _ -> true;
            case Task.State.Waiting _,
                    Task.State.Offered _,
                    Task.State.Delivered _,
                    Task.State.Failed _,
                    Task.State.Cancelled _ -> false;
        };
    }

    private static DoorstepTask withState(DoorstepTask answer, Task.State state) {
        return switch (state) {
            case Task.State.Offered offered -> answer.offeredUntil(offered.until());
            case Task.State.Dropped dropped -> answer.proof(toAnswer(dropped.proof()));
            case Task.State.Delivered delivered ->
                answer.proof(toAnswer(delivered.proof()))
                        .confirmedBy(DoorstepTask.ConfirmedByEnum.fromValue(TaskEvent.word(delivered.by())));
            case Task.State.Failed failed ->
                answer.failureReason(io.linli.dispatch.api.FailureReason.valueOf(
                        failed.reason().name()));
            case Task.State.Waiting _,
                    Task.State.Accepted _,
                    Task.State.Collected _,
                    Task.State.OnTheWay _,
                    Task.State.Cancelled _ -> answer;
        };
    }

    private static DropProof toAnswer(Proof proof) {
        return new DropProof()
                .kind(DropProof.KindEnum.fromValue(proof.kind()))
                .reference(proof.reference())
                .sha256(proof.sha256());
    }
}
