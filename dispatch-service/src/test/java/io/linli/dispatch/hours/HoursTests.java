package io.linli.dispatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.Compound;
import io.linli.dispatch.DispatchApplication;
import io.linli.kit.data.Transactions;
import io.linli.kit.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class HoursTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final int CLIENTS = 20;

    @RegisterExtension
    static final ServiceUnderTest service = ServiceUnderTest.of(DispatchApplication.class, "dispatch-service");

    private Compound compound;
    private Compound.Member volunteer;

    @BeforeEach
    void settle() {
        compound = new Compound(service);
        volunteer = compound.member("volunteer");
        compound.register(volunteer, 5_000, 0);
    }

    private void credit(UUID task, int fromMinute, int toMinute) {
        service.bean(Transactions.class)
                .in(
                        compound.community,
                        () -> service.bean(CreditHours.class)
                                .credit(
                                        compound.community,
                                        volunteer.id(),
                                        task,
                                        START.plusSeconds(60L * fromMinute),
                                        START.plusSeconds(60L * toMinute)))
                .block(LIMIT);
    }

    private long seconds(String sum) {
        return service.jdbc().sql(sum).param(volunteer.id()).query(Long.class).single();
    }

    private void assertMinutes(long minutes) {
        assertThat(seconds("SELECT seconds FROM hours_account WHERE member_id = ?"))
                .isEqualTo(minutes * 60)
                .isEqualTo(seconds("SELECT sum(seconds) FROM hours_entry WHERE member_id = ?"));
    }

    @Test
    void a_task_is_credited_once() {
        var task = UUID.randomUUID();

        credit(task, 0, 10);
        credit(task, 0, 10);
        credit(task, 20, 90);

        assertMinutes(10);
    }

    @Test
    void time_spent_on_several_tasks_counts_once() {
        credit(UUID.randomUUID(), 0, 10);
        credit(UUID.randomUUID(), 20, 30);
        credit(UUID.randomUUID(), 5, 35);
        credit(UUID.randomUUID(), 0, 35);

        assertMinutes(35);
    }

    @Test
    void one_task_counts_at_most_the_setting() {
        credit(UUID.randomUUID(), 0, 60 * 24);

        assertMinutes(240);
    }

    @Test
    void credits_that_come_at_once_count_their_common_time_once() throws Exception {
        var credits = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < CLIENTS; i++) {
            var end = 10 + i;
            credits.add(() -> {
                credit(UUID.randomUUID(), 0, end);
                return true;
            });
        }

        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var done : clients.invokeAll(credits)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertMinutes(10 + CLIENTS - 1);
    }

    private String hours(String rest) {
        return "/volunteers/" + volunteer.id() + "/hours" + rest;
    }

    private static String period() {
        return "?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    }

    private ResponseSpec correct(Compound.Member by, int minutes, Instant at) {
        return compound.post(by, hours("/corrections"), Map.of("minutes", minutes, "reason", "drill", "countsAt", at));
    }

    private static void refused(ResponseSpec answer, int status, String problem) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.type").isEqualTo("/problems/" + problem);
    }

    @Test
    void a_volunteer_sees_their_own_entries_and_sums_and_nobody_elses() {
        credit(UUID.randomUUID(), 0, 90);
        var other = compound.member("volunteer");
        compound.register(other, 5_000, 0);

        compound.get(volunteer, hours(period()))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].minutes")
                .isEqualTo(90.0);
        compound.get(volunteer, hours("/totals" + period()))
                .expectBody()
                .jsonPath("$.minutes")
                .isEqualTo(90)
                .jsonPath("$.tasks")
                .isEqualTo(1)
                .jsonPath("$.points")
                .isEqualTo(10);
        compound.get(volunteer, hours("/totals?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"))
                .expectBody()
                .jsonPath("$.minutes")
                .isEqualTo(0)
                .jsonPath("$.minutesEver")
                .isEqualTo(90);
        for (var path : List.of(period(), "/totals" + period())) {
            refused(compound.get(other, hours(path)), 404, "volunteer-not-found");
        }
        refused(
                compound.get(volunteer, hours("?from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z")),
                400,
                "hours-time-invalid");
    }

    @Test
    void a_correction_is_an_entry_of_its_own_by_somebody_else() {
        var coordinator = compound.member("coordinator");
        var now = Instant.now();
        credit(UUID.randomUUID(), 0, 30);

        correct(coordinator, -20, now)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.recordedBy")
                .isEqualTo(coordinator.id().toString())
                .jsonPath("$.reason")
                .isEqualTo("drill");
        assertMinutes(10);
        refused(correct(coordinator, -11, now), 409, "hours-not-enough");
        refused(correct(coordinator, 0, now), 422, "hours-correction-nothing");
        refused(correct(coordinator, 5, now.plusSeconds(600)), 422, "hours-correction-time");
        correct(volunteer, 5, now).expectStatus().isForbidden();
        assertMinutes(10);
    }

    @Test
    void corrections_that_come_at_once_leave_nothing_negative() throws Exception {
        credit(UUID.randomUUID(), 0, 30);
        var coordinator = compound.member("coordinator");
        var corrections = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < CLIENTS; i++) {
            corrections.add(() -> correct(coordinator, -7, Instant.now())
                    .returnResult(String.class)
                    .getStatus()
                    .value());
        }

        var done = 0;
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (var answer : clients.invokeAll(corrections)) {
                done += answer.get() == 201 ? 1 : 0;
            }
        }

        assertThat(done).isEqualTo(4);
        assertMinutes(2);
    }

    @Test
    void a_certificate_says_what_was_given() throws Exception {
        credit(UUID.randomUUID(), 0, 90);

        var file = compound.get(volunteer, hours("/certificate" + period()))
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PDF)
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();

        try (var document = Loader.loadPDF(file)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("志愿服务证明", volunteer.id().toString(), "1 小时", "30 分钟", "2026-11-01");
        }
        compound.get(compound.member("volunteer"), hours("/certificate" + period()))
                .expectStatus()
                .isNotFound();
    }
}
