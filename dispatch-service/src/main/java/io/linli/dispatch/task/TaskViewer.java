package io.linli.dispatch.task;

import io.linli.kit.web.Membership;
import io.linli.kit.web.Problem;
import org.springframework.http.HttpStatus;

/// Who may see a task and who may say that it is done.
final class TaskViewer {

    static final String COORDINATOR = "coordinator";
    static final String FLOOR_LEADER = "floor-leader";
    private static final String KEEPER = "keeper";
    private static final String HOUSEHOLD = "household";
    static final String BUILDING = "building";

    private TaskViewer() {}

    static boolean maySee(Task task, Membership asking) {
        return asking.hasAny(COORDINATOR)
                || isHeldBy(task, asking)
                || isOfHousehold(task, asking)
                || leadsFloorOf(task, asking);
    }

    static boolean isHeldBy(Task task, Membership asking) {
        return asking.member().equals(task.volunteer());
    }

    /// As whom the caller confirms: the household, its floor leader on behalf, or for a return the station's keeper.
    /// *Errors:* 404 `task-not-found` for others, 409 `own-delivery` for whoever carried it.
    static ConfirmedBy confirming(Task task, Membership asking) {
        boolean keeps = task.kind() == TaskKind.RETURN && asking.hasAny(KEEPER, COORDINATOR);
        if (!keeps && !isOfHousehold(task, asking) && !leadsFloorOf(task, asking)) {
            throw TasksController.notFound();
        }
        if (isHeldBy(task, asking)) {
            throw Problem.of(HttpStatus.CONFLICT, "own-delivery");
        }
        if (keeps) {
            return ConfirmedBy.KEEPER;
        }
        return isOfHousehold(task, asking) ? ConfirmedBy.RESIDENT : ConfirmedBy.FLOOR_LEADER;
    }

    private static boolean isOfHousehold(Task task, Membership asking) {
        return task.work()
                .stop()
                .household()
                .toString()
                .equals(asking.attributes().get(HOUSEHOLD));
    }

    private static boolean leadsFloorOf(Task task, Membership asking) {
        return asking.hasAny(FLOOR_LEADER)
                && task.work()
                        .stop()
                        .building()
                        .toString()
                        .equals(asking.attributes().get(BUILDING));
    }
}
