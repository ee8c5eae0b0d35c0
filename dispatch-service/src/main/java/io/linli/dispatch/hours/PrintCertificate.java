package io.linli.dispatch.hours;

import io.linli.kit.web.Problem;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Prints what a volunteer gave, beside the event loops, one page at a time. *Errors:* 503 `paper-busy` with
/// `Retry-After` when too many wait; a timeout when one takes too long.
@Component
class PrintCertificate implements DisposableBean {

    private static final int WAITING_MAX = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final HoursSettings settings;
    private final Scheduler desk = Schedulers.newBoundedElastic(1, WAITING_MAX, "certificates");

    PrintCertificate(HoursSettings settings) {
        this.settings = settings;
    }

    /// @param name as the volunteer's own token shows it, or empty
    record Of(UUID member, String name, Period period, Totals totals, ZoneId zone) {}

    Mono<byte[]> print(Of given) {
        var page = new CertificatePage("志愿服务证明 Certificate of service", lines(given));
        return Mono.fromCallable(page::print)
                .subscribeOn(desk)
                .timeout(TIMEOUT)
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "paper-busy")
                                .retryAfter(RETRY));
    }

    private List<String> lines(Of given) {
        var totals = given.totals();
        var from = LocalDate.ofInstant(given.period().from(), given.zone());
        var last = LocalDate.ofInstant(given.period().to().minusNanos(1), given.zone());
        return List.of(
                "志愿者 Volunteer  " + given.name(),
                "编号 Number  " + given.member(),
                "期间 Period  " + from + " – " + last,
                "服务时长 Time given  %d 小时 h %d 分钟 min".formatted(totals.minutes() / 60, totals.minutes() % 60),
                "完成任务 Tasks  " + totals.tasks(),
                "积分 Points  " + totals.points(settings));
    }

    @Override
    public void destroy() {
        desk.dispose();
    }
}
