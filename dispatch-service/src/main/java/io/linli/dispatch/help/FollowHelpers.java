package io.linli.dispatch.help;

import io.linli.dispatch.help.HelpRequest.Decision;
import io.linli.dispatch.help.HelpRequest.Reason;
import io.linli.dispatch.help.HelpState.Giver;
import io.linli.dispatch.help.detail.HelpTexts;
import io.linli.kit.messaging.ComesEarly;
import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Hears what becomes of the tasks and referrals that serve help requests. Most tasks serve none; what comes late, or
/// from somebody who helps no longer, changes nothing. Help was given when the volunteer was done at the door; that the
/// household confirms the task adds nothing.
@Configuration(proxyBeanMethods = false)
class FollowHelpers {

    private final ChangeHelp changeHelp;
    private final HelpTexts texts;

    FollowHelpers(ChangeHelp changeHelp, HelpTexts texts) {
        this.changeHelp = changeHelp;
        this.texts = texts;
    }

    record TaskHeld(UUID taskId, String kind, UUID volunteerId) {
        /// What goes between station and door serves no request.
        boolean mayServe() {
            return !kind.equals("delivery") && !kind.equals("return");
        }

        Giver.Volunteer volunteer() {
            return new Giver.Volunteer(taskId, volunteerId);
        }
    }

    record ReferralAnswered(
            UUID referralId,
            UUID requestId,
            UUID partnerId,
            String answer,
            @Nullable String text) {
        Giver.Partner partner() {
            return new Giver.Partner(referralId, partnerId);
        }
    }

    @Bean
    Subscription helperSubscription() {
        return Subscription.queue("dispatch.help")
                .on("task.accepted.v1", TaskHeld.class, heard -> task(heard, new HelpCommand.TakeUp(volunteer(heard))))
                .on("task.released.v1", TaskHeld.class, this::released)
                .on("task.dropped.v1", TaskHeld.class, heard -> task(heard, new HelpCommand.Answer(volunteer(heard))))
                .on("task.drop-undone.v1", TaskHeld.class, this::takenBack)
                .on("task.delivered.v1", TaskHeld.class, heard -> task(heard, new HelpCommand.Answer(volunteer(heard))))
                .on(
                        "task.failed.v1",
                        TaskHeld.class,
                        heard -> task(heard, new HelpCommand.GiveUp(heard.data().taskId())))
                .on("referral.answered.v1", ReferralAnswered.class, this::answered);
    }

    private static Giver.Volunteer volunteer(Received<TaskHeld> heard) {
        return heard.data().volunteer();
    }

    private Mono<Void> task(Received<TaskHeld> heard, HelpCommand command) {
        return byTask(heard, command).then();
    }

    private Mono<Decision> byTask(Received<TaskHeld> heard, HelpCommand command) {
        return heard.data().mayServe()
                ? changeHelp.byHelper(heard.community(), heard.data().taskId(), command)
                : Mono.empty();
    }

    /// Who gives a task back had accepted it; when we have not heard of that, we shall.
    private Mono<Void> released(Received<TaskHeld> heard) {
        return after(heard, new HelpCommand.Release(volunteer(heard)), Reason.NOT_TAKEN_UP);
    }

    /// Who takes a drop back had told of it; when we have not heard of that, we shall.
    private Mono<Void> takenBack(Received<TaskHeld> heard) {
        return after(heard, new HelpCommand.TakeBack(volunteer(heard)), Reason.NOT_ANSWERED);
    }

    /// Waits for what must have happened before, as long as the request is refused with that reason.
    private Mono<Void> after(Received<TaskHeld> heard, HelpCommand command, Reason early) {
        return byTask(heard, command)
                .flatMap(decision -> decision.equals(new Decision.Rejected(early))
                        ? Mono.error(new ComesEarly(
                                "what came before of task " + heard.data().taskId()))
                        : Mono.empty());
    }

    private Mono<Void> answered(Received<ReferralAnswered> heard) {
        var answer = heard.data();
        return changeHelp
                .byHelper(heard.community(), answer.referralId(), toCommand(answer))
                .flatMap(decision -> decision instanceof Decision.Changed(var next, var _) && answer.text() != null
                        ? texts.report(next.id(), answer.text())
                        : Mono.empty());
    }

    private static HelpCommand toCommand(ReferralAnswered answer) {
        return switch (answer.answer()) {
            case "accepted" -> new HelpCommand.TakeUp(answer.partner());
            case "declined" -> new HelpCommand.GiveUp(answer.referralId());
            case "reported" -> new HelpCommand.Answer(answer.partner());
            default -> throw new IllegalStateException("unknown answer " + answer.answer());
        };
    }
}
