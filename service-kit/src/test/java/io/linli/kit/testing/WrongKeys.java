package io.linli.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.linli.kit.web.Writes;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/// Idempotency keys that [WrongUse] uses twice. What an earlier request with the key leaves behind is written straight
/// into the database, so that no operation has to succeed first.
final class WrongKeys {

    private final ServiceUnderTest service;
    private final WrongRequests requests;
    private final BiFunction<UUID, String, UUID> outsideCommunity;

    WrongKeys(ServiceUnderTest service, WrongRequests requests, BiFunction<UUID, String, UUID> outsideCommunity) {
        this.service = service;
        this.requests = requests;
        this.outsideCommunity = outsideCommunity;
    }

    /// A caller with a key of theirs, wherever it may be kept.
    private record Used(UUID caller, String key, Set<UUID> owners) {}

    private Used used() {
        var caller = UUID.randomUUID();
        var key = UUID.randomUUID().toString();
        var owners = new HashSet<>(List.of(requests.community, Writes.PLATFORM, outsideCommunity.apply(caller, key)));
        return new Used(caller, key, owners);
    }

    void ofAnotherBody(ContractOperation operation) {
        var used = used();
        for (var owner : used.owners()) {
            service.jdbc().sql("""
                            INSERT INTO idempotency (community_id, caller, key, fingerprint, created_at)
                            VALUES (?, ?, ?, 'of another body', now())""").params(owner, used.caller(), used.key()).update();
        }
        assertThat(refused(operation, used, 422)).contains("/problems/idempotency-key-reused");
    }

    void inFlight(ContractOperation operation) {
        var used = used();
        try (var other = service.database().connect();
                var lock = other.prepareStatement("SELECT pg_advisory_lock(hashtextextended(?, 0))")) {
            for (var owner : used.owners()) {
                lock.setString(1, owner + "|" + used.caller() + "|" + used.key());
                lock.execute();
            }
            assertThat(refused(operation, used, 409)).contains("/problems/request-in-flight");
        } catch (SQLException failed) {
            throw new IllegalStateException("locking the key", failed);
        }
    }

    private String refused(ContractOperation operation, Used used, int status) {
        var call = operation.call(requests.community).withExampleBody().withIdempotencyKey(used.key());
        return WrongRequests.refused(requests.allowed(used.caller()), operation, call, status);
    }
}
