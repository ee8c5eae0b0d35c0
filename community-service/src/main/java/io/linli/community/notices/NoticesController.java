package io.linli.community.notices;

import io.linli.community.Page;
import io.linli.community.api.Notice;
import io.linli.community.api.NoticePage;
import io.linli.community.api.NoticesApi;
import io.linli.community.registry.Acting;
import io.linli.community.registry.Actor;
import io.linli.kit.data.Transactions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class NoticesController implements NoticesApi {
    private final Acting acting;
    private final Notices notices;
    private final Transactions transactions;

    NoticesController(Acting acting, Notices notices, Transactions transactions) {
        this.acting = acting;
        this.notices = notices;
        this.transactions = transactions;
    }

    @Override
    public Mono<NoticePage> listNotices(
            UUID communityId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return acting.in(communityId)
                .flatMap(actor -> find(communityId, actor, Page.before(cursor), limit + 1))
                .map(found -> Page.of(found, limit, io.linli.community.notices.Notice::id))
                .map(page -> new NoticePage(page.items().stream()
                                .map(NoticesController::toAnswer)
                                .toList())
                        .next(page.next()));
    }

    private Mono<List<io.linli.community.notices.Notice>> find(UUID community, Actor actor, UUID before, int limit) {
        return transactions.in(community, () -> notices.findPage(actor.household(), actor.member(), before, limit));
    }

    private static Notice toAnswer(io.linli.community.notices.Notice notice) {
        return new Notice(
                        notice.id(),
                        Notice.KindEnum.fromValue(notice.kind()),
                        notice.subject(),
                        notice.at(),
                        notice.data())
                .householdId(notice.member() == null ? null : notice.household());
    }
}
