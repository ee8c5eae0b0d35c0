package io.linli.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AuditTests {

    private static final UUID ITEM = new UUID(0, 1);
    private static final UUID ORDER = new UUID(0, 2);
    private static final UUID HOME = new UUID(0, 3);
    private static final UUID PARCEL = new UUID(0, 4);
    private static final DaySlot SLOT = new DaySlot(LocalDate.of(2024, 8, 1), PartOfDay.NOON);

    private final ReplayPlan.GroupBuy planned = new ReplayPlan.GroupBuy(
            SLOT,
            List.of(new ReplayPlan.Item(WeightClass.SMALL, 900, 2, 2)),
            List.of(new ReplayPlan.Order("a", Map.of(WeightClass.SMALL, 2), false, false)));

    private final Observed.Item item = new Observed.Item(ITEM, WeightClass.SMALL.title, 7, 2, 5);
    private final Observed.Order order = new Observed.Order(ORDER, HOME, "completed", Map.of(ITEM, 2));
    private final Observed.Parcel parcel = new Observed.Parcel(PARCEL, HOME, "handed-over", List.of(ORDER));

    @Test
    void a_replay_that_went_well_has_no_finding() {
        assertThat(findings(it -> it)).isEmpty();
    }

    @Test
    void a_group_buy_that_is_absent_or_not_formed_is_found() {
        assertThat(Audit.of(List.of(planned), Map.of(), Map.of())).containsExactly("2024-08-01 午: is not there");
        assertThat(findings(it -> new Observed(it.id(), it.title(), "failed", it.items(), it.orders(), it.parcels())))
                .anyMatch(finding -> finding.contains("is failed instead of formed"));
    }

    @Test
    void a_lost_a_doubled_and_an_unplanned_order_are_found() {
        var stranger = new Observed.Order(new UUID(0, 9), new UUID(0, 8), "completed", Map.of());

        assertThat(findings(it -> with(it, List.of(), it.parcels()))).anyMatch(text -> text.contains("a has 0 orders"));
        assertThat(findings(it -> with(it, List.of(order, order), it.parcels())))
                .anyMatch(text -> text.contains("a has 2 orders"));
        assertThat(findings(it -> with(it, List.of(order, stranger), it.parcels())))
                .anyMatch(text -> text.contains("nobody planned"));
    }

    @Test
    void an_order_with_other_lines_is_found() {
        var other = new Observed.Order(ORDER, HOME, "completed", Map.of(ITEM, 1));

        assertThat(findings(it -> with(it, List.of(other), it.parcels())))
                .anyMatch(text -> text.contains("a got {小盒=1} instead of {小盒=2}"))
                .anyMatch(text -> text.contains("lines hold 1, sold are 2"));
    }

    @Test
    void an_order_or_parcel_that_is_not_final_is_found() {
        var confirmed = new Observed.Order(ORDER, HOME, "confirmed", Map.of(ITEM, 2));
        var ready = new Observed.Parcel(PARCEL, HOME, "ready", List.of(ORDER));

        assertThat(findings(it -> with(it, List.of(confirmed), it.parcels())))
                .anyMatch(text -> text.contains("is confirmed, not final"));
        assertThat(findings(it -> with(it, it.orders(), List.of(ready))))
                .anyMatch(text -> text.contains("is ready, not final"));
    }

    @Test
    void quantities_that_do_not_add_up_are_found() {
        var leak = new Observed.Item(ITEM, WeightClass.SMALL.title, 7, 2, 4);
        var oversold = new Observed.Item(ITEM, WeightClass.SMALL.title, 7, 3, 4);

        assertThat(findings(it -> items(it, leak))).anyMatch(text -> text.contains("7 - 2 is not 4"));
        assertThat(findings(it -> items(it, oversold))).anyMatch(text -> text.contains("lines hold 2, sold are 3"));
    }

    @Test
    void an_order_in_no_parcel_or_in_two_is_found() {
        var twin = new Observed.Parcel(new UUID(0, 7), HOME, "handed-over", List.of(ORDER));

        assertThat(findings(it -> with(it, it.orders(), List.of())))
                .anyMatch(text -> text.contains("completed without a parcel"));
        assertThat(findings(it -> with(it, it.orders(), List.of(parcel, twin))))
                .anyMatch(text -> text.contains("is in two parcels"));
    }

    @Test
    void an_order_that_disagrees_with_its_parcel_is_found() {
        var failed = new Observed.Parcel(PARCEL, HOME, "failed", List.of(ORDER));

        assertThat(findings(it -> with(it, it.orders(), List.of(failed))))
                .anyMatch(text -> text.contains("is failed, its order " + ORDER + " completed"));
    }

    private List<String> findings(UnaryOperator<Observed> change) {
        var sound =
                new Observed(new UUID(0, 5), SLOT.title(), "formed", List.of(item), List.of(order), List.of(parcel));
        return Audit.of(List.of(planned), Map.of(SLOT.title(), change.apply(sound)), Map.of(HOME, "a"));
    }

    private static Observed with(Observed it, List<Observed.Order> orders, List<Observed.Parcel> parcels) {
        return new Observed(it.id(), it.title(), it.state(), it.items(), orders, parcels);
    }

    private static Observed items(Observed it, Observed.Item item) {
        return new Observed(it.id(), it.title(), it.state(), List.of(item), it.orders(), it.parcels());
    }
}
