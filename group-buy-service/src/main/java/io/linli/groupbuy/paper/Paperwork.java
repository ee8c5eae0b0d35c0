package io.linli.groupbuy.paper;

import io.linli.kit.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Writes and reads files beside the event loops, a few at a time, so that no sheet holds up an order and memory stays
/// bounded. *Errors:* 503 `paper-busy` with `Retry-After` when too many wait; a timeout when one takes too long.
@Component
@EnableConfigurationProperties(PaperSettings.class)
public class Paperwork implements DisposableBean {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Scheduler desk;
    private final Duration timeout;

    Paperwork(PaperSettings settings) {
        this.desk = Schedulers.newBoundedElastic(settings.threads(), settings.waitingMax(), "paper");
        this.timeout = Duration.ofMillis(settings.timeoutMillis());
    }

    public Mono<byte[]> print(Sheet sheet, Format format) {
        return run(() -> switch (format) {
            case XLSX -> XlsxSheet.write(sheet);
            case PDF -> PdfSheet.write(sheet);
        });
    }

    /// A PDF of labels.
    public Mono<byte[]> print(List<Label> labels) {
        return run(() -> PdfLabels.write(labels));
    }

    /// Does work that computes or blocks.
    public <T> Mono<T> run(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(desk)
                .timeout(timeout)
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "paper-busy")
                                .retryAfter(RETRY));
    }

    @Override
    public void destroy() {
        desk.dispose();
    }
}
