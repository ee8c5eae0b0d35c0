package io.linli.partner.payment;

import io.linli.kit.web.Problem;
import io.linli.partner.PartnerSettings;
import io.linli.partner.WebhookSignatures;
import io.linli.partner.api.ReportReceipt;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Notices of the payment provider. It does not implement the generated interface, because a signature covers the raw
/// body.
@RestController
class PaymentWebhooksController {
    private final WebhookSignatures signatures;
    private final RecordNotice recordNotice;
    private final JsonMapper json;

    PaymentWebhooksController(RecordNotice recordNotice, JsonMapper json, PartnerSettings settings, Clock clock) {
        this.signatures = new WebhookSignatures(
                settings.payments().webhookSecret(),
                settings.payments().webhookOldSecret(),
                Duration.ofSeconds(settings.webhookToleranceSeconds()),
                clock);
        this.recordNotice = recordNotice;
        this.json = json;
    }

    @PostMapping(path = "/webhooks/payments/generic", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ReportReceipt> receive(@RequestHeader HttpHeaders headers, @RequestBody byte[] body) {
        if (!signatures.fit(headers, body)) {
            throw Problem.of(HttpStatus.UNAUTHORIZED, "signature-invalid");
        }
        var notice = toNotice(body);
        return recordNotice.handle(notice).map(result -> toReceipt(result, notice));
    }

    private static ReportReceipt toReceipt(RecordNotice.Result result, Notice notice) {
        return switch (result) {
            case KEPT -> new ReportReceipt(true);
            case REFERENCE_UNKNOWN -> throw Problem.of(HttpStatus.NOT_FOUND, "payment-unknown", notice.reference());
            case AMOUNT_DIFFERS -> throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "amount-differs");
        };
    }

    private Notice toNotice(byte[] body) {
        try {
            var notice = json.readValue(body, Notice.class);
            if (notice != null) {
                return notice;
            }
        } catch (JacksonException malformed) {
            // Falls through: whatever is wrong with it, the answer is the same.
        }
        throw Problem.of(HttpStatus.BAD_REQUEST, "notice-malformed");
    }
}
