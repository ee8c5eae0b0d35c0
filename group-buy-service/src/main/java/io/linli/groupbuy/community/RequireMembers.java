package io.linli.groupbuy.community;

import io.linli.kit.web.Problem;
import io.linli.kit.web.Problem.FieldError;
import java.util.Collection;
import java.util.List;
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

    /// The members, if all are here with any of the roles; without roles every member counts. Of nobody nothing is
    /// asked. *Errors:* 422 `member-unknown`, 503 `community-unavailable`.
    public Mono<Set<UUID>> handle(UUID here, Set<UUID> members, List<String> anyRole) {
        return members.isEmpty()
                ? Mono.just(members)
                : community
                        .requestKnown(here, members, anyRole)
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
