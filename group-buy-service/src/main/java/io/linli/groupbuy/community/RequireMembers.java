package io.linli.groupbuy.community;

import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/// Refuses ids of members that nobody here has, so that nothing is given into nobody's hands. Calls the network: not
/// for use in a transaction.
@Service
public class RequireMembers {
    private final Community community;

    RequireMembers(Community community) {
        this.community = community;
    }

    /// The members, if all are here. Of nobody nothing is asked.
    /// *Errors:* 422 `member-unknown`, 503 `community-unavailable`.
    public Mono<Set<UUID>> handle(UUID here, Set<UUID> members) {
        return require(here, members, false);
    }

    /// The same, if to all of them a group buy may be handed.
    public Mono<Set<UUID>> whoMayLead(UUID here, Set<UUID> members) {
        return require(here, members, true);
    }

    private Mono<Set<UUID>> require(UUID here, Set<UUID> members, boolean mayLead) {
        return members.isEmpty()
                ? Mono.just(members)
                : community
                        .requestKnown(here, members, mayLead)
                        .map(Answer::required)
                        .map(known -> requireAll(members, known));
    }

    private static Set<UUID> requireAll(Set<UUID> members, Collection<UUID> known) {
        var unknown = members.stream().filter(member -> !known.contains(member)).toList();
        if (!unknown.isEmpty()) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "member-unknown")
                    .errors(unknown.stream()
                            .map(member -> new FieldError("memberId", member.toString()))
                            .toList());
        }
        return members;
    }
}
