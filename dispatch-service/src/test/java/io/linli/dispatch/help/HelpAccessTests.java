package io.linli.dispatch.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.dispatch.help.HelpState.Giver;
import io.linli.dispatch.help.clock.HelpClock;
import io.linli.dispatch.help.clock.Patience;
import io.linli.dispatch.help.clock.Urgency;
import io.linli.kit.web.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what with a request, as a matrix.
class HelpAccessTests {

    private static final UUID COMMUNITY = UUID.randomUUID();
    private static final UUID HOUSEHOLD = UUID.randomUUID();
    private static final UUID BUILDING = UUID.randomUUID();
    private static final UUID ASKER = UUID.randomUUID();
    private static final UUID HELPER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # who,               kind,   state,       see,   text,  medicine, cancel, confirm
            household,           errand, in-progress, true,  true,  true,     true,   true
            household,           advice, answered,    true,  true,  true,     true,   true
            floor-leader,        errand, in-progress, true,  true,  false,    true,   true
            floor-leader,        advice, in-progress, true,  false, false,    true,   true
            asking-leader,       advice, in-progress, true,  true,  false,    true,   true
            other-floor-leader,  errand, in-progress, false, false, false,    false,  false
            former-floor-leader, errand, in-progress, false, false, false,    false,  false
            coordinator,         errand, in-progress, true,  true,  false,    false,  false
            coordinator,         advice, in-progress, true,  false, false,    false,  false
            asking-coordinator,  advice, in-progress, true,  true,  false,    true,   false
            helper,              errand, in-progress, true,  true,  true,     false,  false
            helper,              errand, answered,    false, false, false,    false,  false
            other-volunteer,     errand, in-progress, false, false, false,    false,  false
            partner,             advice, in-progress, false, false, false,    false,  false
            resident,            errand, in-progress, false, false, false,    false,  false
            """)
    void rights_follow_from_what_somebody_is_to_the_request(
            String who,
            String kind,
            String state,
            boolean see,
            boolean text,
            boolean medicine,
            boolean cancel,
            boolean confirm) {
        var access = HelpAccess.of(request(kind, state), member(who));

        assertThat(access.maySee()).as("see").isEqualTo(see);
        assertThat(see && access.mayReadText()).as("text").isEqualTo(text);
        assertThat(access.mayReadMedicine()).as("medicine").isEqualTo(medicine);
        assertThat(access.mayCancel()).as("cancel").isEqualTo(cancel);
        assertThat(access.mayConfirm()).as("confirm").isEqualTo(confirm);
    }

    private static HelpRequest request(String kind, String state) {
        var asked = kind.equals("advice") ? HelpAsk.Kind.PSYCHOLOGICAL_ADVICE : HelpAsk.Kind.ERRAND;
        var ask = new HelpAsk(HOUSEHOLD, BUILDING, ASKER, asked, Urgency.TODAY, 1, NOW);
        var helper = new Giver.Volunteer(UUID.randomUUID(), HELPER);
        var standing = state.equals("answered") ? new HelpState.Answered(helper) : new HelpState.InProgress(helper);
        var clock = HelpClock.start(NOW, new Patience(Duration.ofHours(1), Duration.ofHours(2)));
        return new HelpRequest(UUID.randomUUID(), COMMUNITY, ask, 1, 0, NOW, clock, standing);
    }

    private static Membership member(String who) {
        return switch (who) {
            case "household" -> member(UUID.randomUUID(), HOUSEHOLD, BUILDING, "resident");
            case "floor-leader" -> member(UUID.randomUUID(), UUID.randomUUID(), BUILDING, "resident", "floor-leader");
            case "asking-leader" -> member(ASKER, UUID.randomUUID(), BUILDING, "resident", "floor-leader");
            case "other-floor-leader" ->
                member(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "resident", "floor-leader");
            case "former-floor-leader" -> member(ASKER, UUID.randomUUID(), BUILDING, "resident");
            case "coordinator" -> member(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "coordinator");
            case "asking-coordinator" -> member(ASKER, UUID.randomUUID(), UUID.randomUUID(), "coordinator");
            case "helper" -> member(HELPER, UUID.randomUUID(), UUID.randomUUID(), "resident", "volunteer");
            case "other-volunteer" ->
                member(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "resident", "volunteer");
            case "partner" -> member(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "partner");
            default -> member(UUID.randomUUID(), UUID.randomUUID(), BUILDING, "resident");
        };
    }

    private static Membership member(UUID id, UUID household, UUID building, String... roles) {
        var attributes = Map.of("household", household.toString(), "building", building.toString());
        return new Membership(COMMUNITY, id, Set.of(roles), attributes);
    }
}
