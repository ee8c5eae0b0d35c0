package io.linli.partner.sandbox;

import io.linli.kit.data.Transactions;
import io.linli.kit.web.Problem;
import io.linli.partner.PartnerSettings;
import io.linli.partner.api.CourierBooking;
import io.linli.partner.api.CourierBookingRequest;
import io.linli.partner.api.CourierReport;
import io.linli.partner.api.SandboxCouriersApi;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The simulated courier's REST API.
@RestController
@InSandbox
class SandboxCourierController implements SandboxCouriersApi {
    private final Transactions transactions;
    private final SandboxBookings bookings;
    private final Clock clock;
    private final PartnerSettings settings;

    SandboxCourierController(
            Transactions transactions, SandboxBookings bookings, Clock clock, PartnerSettings settings) {
        this.transactions = transactions;
        this.bookings = bookings;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Mono<CourierBooking> bookWithSandboxCourier(Mono<CourierBookingRequest> body, ServerWebExchange exchange) {
        return body.map(SandboxCourierController::toOrder)
                .flatMap(order -> transactions.acrossCommunities(() -> book(order)));
    }

    @Override
    public Mono<CourierBooking> getSandboxBooking(String waybill, ServerWebExchange exchange) {
        return transactions
                .acrossCommunities(() -> withReports(bookings.find(waybill)))
                .switchIfEmpty(Mono.error(() -> Problem.of(HttpStatus.NOT_FOUND, "booking-not-found", waybill)));
    }

    private Mono<CourierBooking> book(SandboxBookings.Order order) {
        var now = clock.instant();
        return bookings.add(order, now, now.plusMillis(settings.sandboxStepMillis()))
                .then(withReports(bookings.getByReference(order.reference())));
    }

    private Mono<CourierBooking> withReports(Mono<SandboxBookings.Booking> booking) {
        return booking.zipWhen(found -> bookings.reports(found.waybill()), SandboxCourierController::toAnswer);
    }

    private static SandboxBookings.Order toOrder(CourierBookingRequest request) {
        return new SandboxBookings.Order(
                request.getReference(), request.getSender(), request.getPieces(), request.getWeightGrams());
    }

    private static CourierBooking toAnswer(SandboxBookings.Booking booking, List<SandboxBookings.Report> reports) {
        var told = reports.stream()
                .map(report ->
                        new CourierReport(report.eventId(), report.waybill(), report.status(), report.occurredAt()))
                .toList();
        return new CourierBooking(booking.reference(), booking.waybill(), booking.status(), told);
    }
}
