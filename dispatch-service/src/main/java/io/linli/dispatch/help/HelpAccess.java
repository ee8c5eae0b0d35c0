package io.linli.dispatch.help;

import io.linli.kit.web.Membership;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody is to one help request, and what they may see and do because of it.
///
/// @param household lives in the household it is for
/// @param floorLeader leads the floors of its building
/// @param asker asked for it, and is still one of the others
/// @param helper the volunteer who helps at this moment
/// @param advice what it says is about body or mind
record HelpAccess(
        boolean household, boolean floorLeader, boolean coordinator, boolean asker, boolean helper, boolean advice) {

    static HelpAccess of(HelpRequest request, Membership asking) {
        var ask = request.ask();
        boolean household = is(asking, "household", ask.household());
        boolean floorLeader = leads(asking, ask.building());
        boolean coordinator = asking.hasAny("coordinator");
        boolean asker = ask.askedBy().equals(asking.member()) && (household || floorLeader || coordinator);
        return new HelpAccess(household, floorLeader, coordinator, asker, helps(request, asking), isAdvice(ask.kind()));
    }

    /// Whether this member leads the floors of that building.
    static boolean leads(Membership asking, @Nullable UUID building) {
        return building != null && asking.hasAny("floor-leader") && is(asking, "building", building);
    }

    /// What this member asked for, as far as [#maySee] lets them see it by what they are now.
    static HelpPages.View.Asked asked(Membership asking) {
        var led = asking.hasAny("floor-leader") ? id(asking, "building") : null;
        return new HelpPages.View.Asked(asking.member(), id(asking, "household"), led, asking.hasAny("coordinator"));
    }

    private static @Nullable UUID id(Membership asking, String attribute) {
        var value = asking.attributes().get(attribute);
        return value == null ? null : UUID.fromString(value);
    }

    private static boolean is(Membership asking, String attribute, UUID id) {
        return id.toString().equals(asking.attributes().get(attribute));
    }

    private static boolean helps(HelpRequest request, Membership asking) {
        return request.state() instanceof HelpState.InProgress(HelpState.Giver.Volunteer volunteer)
                && volunteer.member().equals(asking.member());
    }

    private static boolean isAdvice(HelpAsk.Kind kind) {
        return switch (kind) {
            case MEDICAL_ADVICE, PSYCHOLOGICAL_ADVICE -> true;
            case MEDICINE, ERRAND, REPAIR, CHECK_IN_VISIT -> false;
        };
    }

    boolean maySee() {
        return household || floorLeader || coordinator || helper;
    }

    boolean mayReadText() {
        return household || asker || helper || !advice && (floorLeader || coordinator);
    }

    boolean mayReadMedicine() {
        return household || helper;
    }

    boolean mayCancel() {
        return household || floorLeader || asker;
    }

    /// Whether they are told what to call when a life is in danger.
    boolean isInDanger() {
        return household || asker;
    }

    /// Who says whether it was solved.
    boolean mayConfirm() {
        return household || floorLeader;
    }
}
