package io.linli.groupbuy.allocation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/// Shares by heads: the next piece always goes to the household that has the least per member and still wants more,
/// the earlier one among equals. So nobody is more than one piece ahead of its share.
///
/// The rounds in which every member is served alike are taken at once; only the last, incomplete one piece by piece.
///
/// @param perMember what every member of a household got in complete rounds, as far as the household claimed it
/// @param granted by household
record EqualShare(long perMember, Map<UUID, Long> granted) {

    /// @param claimed what the household asks for
    record Wish(UUID household, int members, long claimed) {
        private long after(long rounds) {
            return Math.min(claimed, rounds * members);
        }
    }

    private record Next(Wish wish, int place, long granted) implements Comparable<Next> {
        @Override
        public int compareTo(Next other) {
            var perHead = Long.compare(granted * other.wish.members(), other.granted * wish.members());
            return perHead != 0 ? perHead : Integer.compare(place, other.place);
        }
    }

    /// @param wishes by arrival
    static EqualShare of(long supply, List<Wish> wishes) {
        var rounds = completeRounds(supply, wishes);
        var granted = new HashMap<UUID, Long>();
        wishes.forEach(wish -> granted.put(wish.household(), wish.after(rounds)));
        shareRest(supply - total(wishes, rounds), wishes, rounds, granted);
        return new EqualShare(rounds, granted);
    }

    Explanation explain(Wish wish) {
        var got = granted.getOrDefault(wish.household(), 0L);
        return new Explanation.Shared(wish.claimed(), got, wish.members(), perMember, got - wish.after(perMember));
    }

    private static void shareRest(long rest, List<Wish> wishes, long rounds, Map<UUID, Long> granted) {
        var waiting = new PriorityQueue<Next>();
        for (var place = 0; place < wishes.size(); place++) {
            var wish = wishes.get(place);
            add(waiting, new Next(wish, place, wish.after(rounds)));
        }
        for (var left = rest; left > 0 && !waiting.isEmpty(); left--) {
            var next = waiting.remove();
            var more = new Next(next.wish(), next.place(), next.granted() + 1);
            granted.put(more.wish().household(), more.granted());
            add(waiting, more);
        }
    }

    private static void add(PriorityQueue<Next> waiting, Next next) {
        if (next.granted() < next.wish().claimed()) {
            waiting.add(next);
        }
    }

    private static long completeRounds(long supply, List<Wish> wishes) {
        var enough = 0L;
        var tooMany = 1 + wishes.stream().mapToLong(Wish::claimed).max().orElse(0);
        while (tooMany - enough > 1) {
            var middle = (enough + tooMany) / 2;
            if (total(wishes, middle) <= supply) {
                enough = middle;
            } else {
                tooMany = middle;
            }
        }
        return enough;
    }

    private static long total(List<Wish> wishes, long rounds) {
        return wishes.stream().mapToLong(wish -> wish.after(rounds)).sum();
    }
}
