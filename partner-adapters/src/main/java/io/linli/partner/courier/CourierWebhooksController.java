package io.linli.partner.courier;

import io.linli.kit.web.Problem;
import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSignatures;
import io.linli.partner.api.ReportReceipt;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reports of couriers. It does not implement the generated interface, because a signature covers the raw body.
@RestController
class CourierWebhooksController {
    private static final String GENERIC = "generic";

    private final WebhookSignatures signatures;
    private final RecordReport recordReport;
    private final JsonMapper json;

    CourierWebhooksController(RecordReport recordReport, JsonMapper json, PartnerSettings settings, Clock clock) {
        this.signatures = new WebhookSignatures(
                settings.courierWebhookSecret(),
                settings.courierWebhookOldSecret(),
                Duration.ofSeconds(settings.webhookToleranceSeconds()),
                clock);
        this.recordReport = recordReport;
        this.json = json;
    }

    @PostMapping(path = "/webhooks/couriers/{carrier}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ReportReceipt> receive(
            @PathVariable String carrier, @RequestHeader HttpHeaders headers, @RequestBody byte[] body) {
        if (!carrier.equals(GENERIC)) {
            throw Problem.of(HttpStatus.NOT_FOUND, "carrier-unknown", carrier);
        }
        if (!signatures.fit(headers, body)) {
            throw Problem.of(HttpStatus.UNAUTHORIZED, "signature-invalid");
        }
        var report = toReport(body);
        return recordReport.handle(carrier, report, ReportLog.Source.WEBHOOK).map(result -> toReceipt(result, report));
    }

    private static ReportReceipt toReceipt(RecordReport.Result result, CourierReport report) {
        return switch (result) {
            case KEPT, DUPLICATE -> new ReportReceipt(true);
            case WAYBILL_UNKNOWN -> throw Problem.of(HttpStatus.NOT_FOUND, "waybill-unknown", report.waybill());
        };
    }

    private CourierReport toReport(byte[] body) {
        try {
            var report = json.readValue(body, CourierReport.class);
            if (report != null) {
                return report;
            }
        } catch (JacksonException malformed) {
            // Falls through: whatever is wrong with it, the answer is the same.
        }
        throw Problem.of(HttpStatus.BAD_REQUEST, "report-malformed");
    }
}
