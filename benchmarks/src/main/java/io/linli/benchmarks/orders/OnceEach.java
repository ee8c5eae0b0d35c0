package io.linli.benchmarks.orders;

import io.linli.benchmarks.load.Traffic;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// A fixed number of orders of one group buy, by its community's households in turn, with three or four lines so that
/// three orders have ten.
final class OnceEach implements Traffic {
    private static final int ORDERS_OF_TEN_LINES = 3;

    private final Village village;
    private final ResidentTokens tokens;
    private final int offer;
    private final int orders;
    private int written;

    OnceEach(Village village, ResidentTokens tokens, int offer, int orders) {
        this.village = village;
        this.tokens = tokens;
        this.offer = offer;
        this.orders = orders;
    }

    @Override
    public void next(ByteBuffer request) {
        var community = village.communities().getFirst();
        var chosen = community.offers().get(offer);
        int lines = written % ORDERS_OF_TEN_LINES == 0 ? 4 : 3;
        var items = IntStream.range(0, lines)
                .mapToObj(line ->
                        chosen.items().get((written + line) % chosen.items().size()))
                .toList();
        var token = tokens.of(0, written % community.residents().size());
        var key = ThreadLocalRandom.current().nextLong();
        OrderTraffic.write(request, community, chosen, token, key, OrderTraffic.body(items));
        written++;
    }

    @Override
    public boolean isOver() {
        return written == orders;
    }
}
