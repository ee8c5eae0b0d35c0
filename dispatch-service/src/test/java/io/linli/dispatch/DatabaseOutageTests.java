package io.linli.dispatch;

import io.linli.dispatch.api.TaskState;
import io.linli.kit.testing.Await;
import io.linli.kit.testing.FaultProxy;
import io.linli.kit.testing.ServiceUnderTest;
import io.linli.kit.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The timers go on by themselves once the database is back.
class DatabaseOutageTests {

    private static final FaultProxy proxy =
            FaultProxy.to(TestServers.get().postgresHost(), TestServers.get().postgresPort());

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service")
            .with("linli.database.host", proxy.host())
            .with("linli.database.port", Integer.toString(proxy.port()))
            .with("linli.database.acquire-timeout", "500ms")
            .with("linli.dispatch.assign-every", "50ms")
            .with("linli.dispatch.expire-every", "50ms");

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void tasks_are_offered_and_taken_back_after_an_outage() {
        var compound = new Compound(service);
        var coordinator = compound.member("coordinator");
        var volunteer = compound.volunteer(5_000);
        var building = compound.building("1", 10, 0);
        var before = compound.ready(building, 1_000);
        var offered = compound.await(volunteer, before, TaskState.OFFERED);

        proxy.refuse();
        proxy.resetAll();
        var during = compound.ready(building, 1_000);
        service.jdbc()
                .sql("UPDATE task SET offered_until = offered_until - interval '1 hour' WHERE task_id = ?")
                .param(offered.getId())
                .update();
        Await.until("the outage to be felt", Compound.LIMIT, () -> isUnavailable(compound, coordinator));
        proxy.pass();

        compound.await(coordinator, before, TaskState.WAITING);
        compound.await(volunteer, during, TaskState.OFFERED);
    }

    private static boolean isUnavailable(Compound compound, Compound.Member member) {
        var answer = member.client().get().uri(compound.path("/tasks")).exchange();
        return answer.returnResult(String.class).getStatus().value() == 503;
    }
}
