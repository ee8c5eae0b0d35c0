package io.linli.groupbuy.lifecycle;

import io.linli.groupbuy.GroupBuySettings;
import io.linli.groupbuy.fee.FeeCap;
import io.linli.groupbuy.fee.FindTakings;
import io.linli.groupbuy.lifecycle.GroupBuy.Terms;
import io.linli.groupbuy.supplier.FindSupplier;
import io.linli.groupbuy.supplier.Supplier;
import io.linli.kit.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Makes terms of what a leader wrote, inside the caller's transaction.
@Service
class JudgeProposal {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final int DELIVERY_MAX_DAYS = 60;

    private final FindSupplier findSupplier;
    private final FindTakings findTakings;
    private final GroupBuySettings settings;

    JudgeProposal(FindSupplier findSupplier, FindTakings findTakings, GroupBuySettings settings) {
        this.findSupplier = findSupplier;
        this.findTakings = findTakings;
        this.settings = settings;
    }

    /// What the terms are about and what a proposal does not say.
    record Subject(UUID id, UUID community, UUID leader, ZoneId zone, boolean capacityUnchecked, int version) {}

    /// *Errors:* 422 `window-invalid`, 422 `delivery-day-invalid`, those of the proposal's items, 422
    /// `supplier-unknown`, 422 `fee-over-cap`, 422 `courier-over-cap`.
    Mono<Terms> handle(Proposal proposal, Subject subject, Instant now) {
        checkWindow(proposal, now);
        checkDay(proposal.conditions().delivery().day(), subject.zone(), now);
        proposal.checkItems();
        return findTakings
                .handle(subject.community())
                .doOnNext(takings -> checkShares(proposal.conditions(), takings.cap()))
                .flatMap(takings -> findSupplier
                        .handle(proposal.supplierId())
                        .switchIfEmpty(Mono.error(() -> refuse("supplier-unknown")))
                        .map(supplier -> toTerms(proposal, supplier, takings.fundPerMille(), subject)));
    }

    private static Terms toTerms(Proposal proposal, Supplier supplier, int fundPerMille, Subject subject) {
        return new Terms(
                subject.id(),
                subject.community(),
                supplier.id(),
                supplier.name(),
                proposal.title(),
                subject.leader(),
                proposal.opensAt(),
                proposal.closesAt(),
                proposal.minParticipants(),
                proposal.conditions().withFund(fundPerMille),
                proposal.coLeaders(),
                subject.zone(),
                subject.capacityUnchecked(),
                subject.version());
    }

    private void checkWindow(Proposal proposal, Instant now) {
        var longest = Duration.ofDays(settings.windowMaxDays());
        var earliest = now.minus(longest);
        var latest = now.plus(Duration.ofDays(settings.announceMaxDays()));
        if (proposal.opensAt().isBefore(earliest)
                || proposal.opensAt().isAfter(latest)
                || !proposal.closesAt().isAfter(proposal.opensAt())
                || !proposal.closesAt().isAfter(now)
                || proposal.closesAt().isAfter(proposal.opensAt().plus(longest))) {
            throw refuse("window-invalid", settings.announceMaxDays(), settings.windowMaxDays());
        }
    }

    /// An hour of grace, so that who writes at midnight is not told off.
    private void checkDay(@Nullable LocalDate day, ZoneId zone, Instant now) {
        var earliest = LocalDate.ofInstant(now.minus(GRACE), zone);
        var latest = earliest.plusDays(settings.announceMaxDays() + settings.windowMaxDays() + DELIVERY_MAX_DAYS);
        if (day != null && (day.isBefore(earliest) || day.isAfter(latest))) {
            throw refuse("delivery-day-invalid", earliest, latest);
        }
    }

    static void checkShares(Conditions conditions, FeeCap cap) {
        var fee = conditions.fee();
        if (!cap.allows(fee.flatFen(), fee.perMille())) {
            throw refuse("fee-over-cap", cap.flatFen(), cap.perMille());
        }
        if (conditions.shares().courierFen() > cap.courierFen()) {
            throw refuse("courier-over-cap", cap.courierFen());
        }
    }

    private static Problem refuse(String slug, Object... args) {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, slug, args);
    }
}
