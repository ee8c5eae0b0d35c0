package io.linli.local.client;

import io.linli.local.client.Api.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody with a phone: logs in with codes of the sandbox's WeChat, keeps the token fresh, and asks in
/// their own name.
///
/// *Errors*: [Refused] for a definite no, [Unanswered] when there was no answer at all.
public final class Person {

    private static final Duration RENEW_BEFORE = Duration.ofMinutes(2);
    private static final int LOGIN_TRIES = 5;

    private final Api api;
    private final String phone;
    private final Clock clock;
    private @Nullable Session session;
    private Instant renewAt = Instant.MIN;

    public Person(Api api, String phone, Clock clock) {
        this.api = api;
        this.phone = phone;
        this.clock = clock;
    }

    public record Membership(
            UUID community, UUID member, @Nullable UUID household, List<String> roles) {}

    record Session(String accessToken, int expiresInSeconds, String refreshToken, List<Membership> memberships) {}

    record Page(
            List<tools.jackson.databind.JsonNode> items,
            @Nullable String next) {}

    record Codes(String loginCode, String phoneCode) {}

    public String phone() {
        return phone;
    }

    public List<Membership> memberships() {
        return session().memberships();
    }

    public String token() {
        return session().accessToken();
    }

    /// The next request logs in anew, so that new roles and memberships count.
    public synchronized void forgetSession() {
        session = null;
    }

    public <T> T get(String path, Class<T> type) {
        return good(new Request("GET", path, null, null, null)).as(type);
    }

    /// All pages of a list.
    public <T> List<T> all(String path, Class<T> type) {
        var items = new ArrayList<T>();
        var separator = path.contains("?") ? "&" : "?";
        String cursor = "";
        do {
            var page = get(path + separator + "limit=200" + cursor, Page.class);
            page.items().forEach(item -> items.add(Answer.JSON.treeToValue(item, type)));
            cursor = page.next() == null ? "" : "&cursor=" + page.next();
        } while (!cursor.isEmpty());
        return items;
    }

    public <T> T post(String path, @Nullable Object body, String key, Class<T> type) {
        return good(new Request("POST", path, body, key, null)).as(type);
    }

    public <T> T put(String path, Object body, String key, Class<T> type) {
        return good(new Request("PUT", path, body, key, null)).as(type);
    }

    /// Any definite answer, also a no.
    public Answer ask(Request request) {
        var answer = api.send(signed(request));
        if (answer.status() == 401) {
            forgetSession();
            answer = api.send(signed(request));
        }
        return answer;
    }

    private Answer good(Request request) {
        var answer = ask(request);
        if (!answer.isGood()) {
            throw new Refused(request.toString(), answer);
        }
        return answer;
    }

    private Request signed(Request request) {
        return new Request(request.method(), request.path(), request.body(), request.key(), token());
    }

    private synchronized Session session() {
        var current = session;
        if (current == null) {
            return keep(logIn());
        }
        if (clock.instant().isBefore(renewAt)) {
            return current;
        }
        var answer = api.send(Request.post("/v1/auth/refresh", new RefreshToken(current.refreshToken())));
        return keep(answer.isGood() ? answer.as(Session.class) : logIn());
    }

    record RefreshToken(String refreshToken) {}

    private Session keep(Session fresh) {
        session = fresh;
        renewAt = clock.instant().plusSeconds(fresh.expiresInSeconds()).minus(RENEW_BEFORE);
        return fresh;
    }

    /// A code works once, so an answer that got lost on the way is asked for with a new code.
    private Session logIn() {
        Answer answer = null;
        for (int i = 0; i < LOGIN_TRIES; i++) {
            var codes = api.send(Request.post("/sandbox/wechat/codes", new Phone(phone)));
            if (!codes.isGood()) {
                throw new Refused("sandbox codes", codes);
            }
            answer = api.send(Request.post("/v1/auth/wechat", codes.as(Codes.class)));
            if (answer.status() != 401) {
                break;
            }
        }
        if (answer == null || !answer.isGood()) {
            throw new Refused("login", java.util.Objects.requireNonNull(answer));
        }
        return answer.as(Session.class);
    }

    record Phone(String phone) {}
}
