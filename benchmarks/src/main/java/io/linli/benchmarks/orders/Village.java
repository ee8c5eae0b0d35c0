package io.linli.benchmarks.orders;

import io.linli.kit.data.Ids;
import io.linli.kit.testing.TestTokens;
import io.linli.local.client.Answer;
import io.linli.local.client.Api;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// The people who order and what they order from: communities of households, each with group buys that are open. Made
/// through the service's own API, so that whatever a group buy needs is there.
record Village(List<Community> communities) {
    private static final Duration OPEN_SINCE = Duration.ofMinutes(1);
    private static final Duration OPEN_FOR = Duration.ofHours(6);
    private static final int STOCK = 10_000_000;
    private static final int LIMIT = 10_000;

    record Community(UUID id, UUID leader, List<Resident> residents, List<Offer> offers) {}

    record Resident(UUID community, UUID household, UUID member, UUID account) {}

    /// An open group buy: its plentiful items, and one that is sold out soon.
    record Offer(UUID id, List<UUID> items, UUID scarce) {}

    /// @param households in each community
    /// @param offers group buys in each community
    /// @param items plentiful items of each group buy
    /// @param scarceStock units of its scarce item
    record Size(int communities, int households, int offers, int items, int scarceStock) {}

    static Village settle(URI service, TestTokens tokens, Size size) {
        var api = new Api(service);
        return new Village(IntStream.range(0, size.communities())
                .mapToObj(_ -> settleCommunity(api, tokens, size))
                .toList());
    }

    private static Community settleCommunity(Api api, TestTokens tokens, Size size) {
        var community = Ids.next();
        var leader = Ids.next();
        var residents = IntStream.range(0, size.households())
                .mapToObj(_ -> new Resident(community, Ids.next(), Ids.next(), Ids.next()))
                .toList();
        var token = leaderToken(tokens, community, leader);
        var supplier = created(api, token, community, "/suppliers", Map.of("name", "崇明绿叶合作社"))
                .json()
                .get("supplierId")
                .asString();
        var offers = new ArrayList<Offer>();
        for (int i = 1; i <= size.offers(); i++) {
            offers.add(open(api, token, community, supplier, size, i));
        }
        return new Community(community, leader, residents, offers);
    }

    static String leaderToken(TestTokens tokens, UUID community, UUID leader) {
        return tokens.token(leader)
                .member(community, leader)
                .household(leader)
                .display("李*")
                .roles("leader", "resident")
                .sign();
    }

    static String residentToken(TestTokens tokens, Resident resident) {
        return tokens.token(resident.account())
                .member(resident.community(), resident.member())
                .household(resident.household())
                .display("王*")
                .roles("resident")
                .sign();
    }

    private static Offer open(Api api, String token, UUID community, String supplier, Size size, int number) {
        var items = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < size.items(); i++) {
            items.add(item("蔬菜 " + i, STOCK));
        }
        items.add(item("鸡蛋", size.scarceStock()));
        var now = Instant.now();
        var answer = created(
                api,
                token,
                community,
                "/group-buys",
                Map.of(
                        "supplierId",
                        supplier,
                        "title",
                        "蔬菜套餐 " + number,
                        "opensAt",
                        now.minus(OPEN_SINCE).toString(),
                        "closesAt",
                        now.plus(OPEN_FOR).toString(),
                        "minParticipants",
                        1,
                        "items",
                        items));
        var ids = answer.json().get("items").values().stream()
                .map(item -> UUID.fromString(item.get("itemId").asString()))
                .toList();
        var id = UUID.fromString(answer.json().get("groupBuyId").asString());
        return new Offer(id, ids.subList(0, size.items()), ids.getLast());
    }

    private static Map<String, Object> item(String name, int stock) {
        return Map.of(
                "name",
                name,
                "unit",
                "500 g",
                "weightGrams",
                500,
                "priceFen",
                350,
                "stock",
                stock,
                "limitPerHousehold",
                LIMIT);
    }

    private static Answer created(Api api, String token, UUID community, String path, Object body) {
        var key = UUID.randomUUID().toString();
        var request = new Api.Request("POST", "/v1/communities/" + community + path, body, key, token);
        var answer = api.send(request);
        if (answer.status() != 201) {
            throw new IllegalStateException(request + " was answered " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    List<UUID> groupBuys() {
        return communities.stream()
                .flatMap(community -> community.offers().stream())
                .map(Offer::id)
                .toList();
    }
}
