package io.linli.community.notices;

import io.linli.kit.messaging.Received;
import io.linli.kit.messaging.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// Turns what becomes of help requests into notices: an alarm and a clock that ran out reach every coordinator, an
/// answer the household, which is to say whether that solved it.
@Configuration(proxyBeanMethods = false)
class HelpNotices {
    private final Notices notices;

    HelpNotices(Notices notices) {
        this.notices = notices;
    }

    record HelpAlarmed(UUID requestId, UUID householdId, String kind) {}

    record HelpEscalated(UUID requestId, UUID householdId, String kind, String urgency, String level, Instant dueAt) {}

    record HelpAnswered(UUID requestId, UUID householdId) {}

    @Bean
    Subscription helpNoticeSubscription() {
        return Subscription.queue("community.help")
                .on("help.alarmed.v1", HelpAlarmed.class, this::alarmed)
                .on("help.escalated.v1", HelpEscalated.class, this::escalated)
                .on("help.answered.v1", HelpAnswered.class, this::answered);
    }

    private Mono<Void> alarmed(Received<HelpAlarmed> event) {
        var help = event.data();
        return tellCoordinators(
                event, Notice.of(event, help.householdId(), help.requestId(), Map.of("kind", help.kind())));
    }

    private Mono<Void> escalated(Received<HelpEscalated> event) {
        var help = event.data();
        var said = Map.<String, Object>of(
                "kind", help.kind(),
                "urgency", help.urgency(),
                "level", help.level(),
                "dueAt", help.dueAt().toString());
        return tellCoordinators(event, Notice.of(event, help.householdId(), help.requestId(), said));
    }

    /// What help it was about the household knows; not everybody who reads its notices has to.
    private Mono<Void> answered(Received<HelpAnswered> event) {
        var help = event.data();
        var told = Notice.of(event, help.householdId(), help.requestId(), Map.of());
        return notices.insert(event.community(), List.of(told));
    }

    private Mono<Void> tellCoordinators(Received<?> event, Notice notice) {
        return notices.findCoordinators()
                .flatMap(coordinators -> notices.insert(
                        event.community(),
                        coordinators.stream().map(notice::toldTo).toList()));
    }
}
