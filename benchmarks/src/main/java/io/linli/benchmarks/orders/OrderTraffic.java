package io.linli.benchmarks.orders;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.linli.benchmarks.load.Traffic;
import io.linli.benchmarks.orders.Village.Community;
import io.linli.benchmarks.orders.Village.Offer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/// Two-line orders of random households, each with a key of its own, put together from prepared parts.
final class OrderTraffic implements Traffic {
    private static final int PER_MILLE = 1000;

    private final Village village;
    private final ResidentTokens tokens;
    private final Shape shape;
    private final int soldOutPerMille;
    private final SplittableRandom random = new SplittableRandom();

    /// Where orders go.
    enum Shape {
        /// Any group buy of the household's community, any two of its items.
        SPREAD("spread"),
        /// The first group buy of the first community, and its first item in every order.
        HOT("hot");

        private final String text;

        Shape(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// @param soldOutPerMille so many of a thousand orders ask for the scarce item of their group buy
    OrderTraffic(Village village, ResidentTokens tokens, Shape shape, int soldOutPerMille) {
        this.village = village;
        this.tokens = tokens;
        this.shape = shape;
        this.soldOutPerMille = soldOutPerMille;
    }

    @Override
    public void next(ByteBuffer request) {
        var communities = village.communities();
        int at = shape == Shape.HOT ? 0 : random.nextInt(communities.size());
        var community = communities.get(at);
        var offer = shape == Shape.HOT ? community.offers().getFirst() : any(community.offers());
        int items = offer.items().size();
        int one = shape == Shape.HOT ? 0 : random.nextInt(items);
        int other = (one + 1 + random.nextInt(items - 1)) % items;
        var first = random.nextInt(PER_MILLE) < soldOutPerMille
                ? offer.scarce()
                : offer.items().get(one);
        var token = tokens.of(at, random.nextInt(community.residents().size()));
        var body = body(List.of(first, offer.items().get(other)));
        write(request, community, offer, token, random.nextLong(), body);
    }

    static byte[] body(List<java.util.UUID> items) {
        var lines = new StringBuilder();
        for (var item : items) {
            lines.append(lines.isEmpty() ? "" : ",")
                    .append("{\"itemId\":\"")
                    .append(item)
                    .append("\",\"quantity\":1}");
        }
        return ("{\"lines\":[" + lines + "],\"doorstep\":false}").getBytes(US_ASCII);
    }

    static void write(ByteBuffer request, Community community, Offer offer, byte[] token, long key, byte[] body) {
        request.put(("POST /v1/communities/" + community.id() + "/group-buys/" + offer.id() + "/orders HTTP/1.1\r\n"
                        + "Host: 127.0.0.1\r\nAccept-Language: zh-CN\r\nContent-Type: application/json\r\n"
                        + "Idempotency-Key: order-" + Long.toHexString(key) + "\r\nContent-Length: " + body.length
                        + "\r\nAuthorization: Bearer ")
                .getBytes(UTF_8));
        request.put(token);
        request.put("\r\n\r\n".getBytes(US_ASCII));
        request.put(body);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
