package io.linli.community.door;

import io.linli.community.Page;
import io.linli.community.households.FindMembers;
import io.linli.community.privacy.Reveal;
import io.linli.community.privacy.RevealLog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Reads the log of a household with the masked names of those who looked, in the caller's transaction.
@Component
class ListReveals {
    private final RevealLog revealLog;
    private final FindMembers findMembers;

    ListReveals(RevealLog revealLog, FindMembers findMembers) {
        this.revealLog = revealLog;
        this.findMembers = findMembers;
    }

    /// @param displays masked names by member
    record Listed(Page<Reveal> page, Map<UUID, String> displays) {}

    Mono<Listed> handle(UUID household, UUID before, int limit) {
        return revealLog
                .findPage(household, before, limit + 1)
                .map(found -> Page.of(found, limit, Reveal::id))
                .flatMap(page ->
                        findMembers.displays(members(page.items())).map(displays -> new Listed(page, displays)));
    }

    private static List<UUID> members(List<Reveal> reveals) {
        return reveals.stream()
                .map(Reveal::member)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
