package io.linli.local.replay;

import com.github.f4b6a3.uuid.UuidCreator;
import io.linli.local.replay.Delivery.Cell;
import io.linli.local.replay.ReplayPlan.Flat;
import io.linli.local.replay.ReplayPlan.Household;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Gives every user of a file one home, a name and a phone, the same on every run.
/// A user seen in several cells lives in the first one.
final class Homes {

    static final int FLOORS = 18;
    private static final int FLATS_PER_FLOOR = 4;
    private static final int FLATS_PER_UNIT = FLOORS * FLATS_PER_FLOOR;
    private static final String SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
    private static final String GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平";

    private final Set<String> phones = new HashSet<>();
    private final UUID namespace;

    private Homes(String community) {
        this.namespace = UuidCreator.getNameBasedSha1(UuidCreator.NAMESPACE_URL, "urn:linli:replay:" + community);
    }

    /// The phone of somebody who works in the community, such as "keeper".
    static String staffPhone(String community, String who) {
        return new Homes(community).phone("staff/" + who);
    }

    static List<Household> of(List<Delivery> file, String community) {
        var cells = new LinkedHashMap<String, Cell>();
        file.forEach(row -> cells.putIfAbsent(row.user(), row.cell()));
        return new Homes(community).give(cells);
    }

    private List<Household> give(Map<String, Cell> cells) {
        var taken = new HashMap<Cell, Integer>();
        var households = new ArrayList<Household>();
        cells.forEach((user, cell) -> {
            int flat = taken.merge(cell, 1, Integer::sum) - 1;
            households.add(new Household(user, cell, phone(user), name(user), flat(flat)));
        });
        return List.copyOf(households);
    }

    private static Flat flat(int number) {
        int floor = number % FLATS_PER_UNIT / FLATS_PER_FLOOR + 1;
        return new Flat(number / FLATS_PER_UNIT + 1, floor, floor + "0" + (number % FLATS_PER_FLOOR + 1));
    }

    /// Numbers from 15 up, so that nobody gets one of the demo community's 138 numbers.
    private String phone(String user) {
        long number = hash(user) % 5_000_000_000L;
        while (!phones.add("1" + (5_000_000_000L + number))) {
            number = (number + 1) % 5_000_000_000L;
        }
        return "1" + (5_000_000_000L + number);
    }

    private String name(String user) {
        int hash = (int) (hash(user + "/name") % (SURNAMES.length() * GIVEN_NAMES.length()));
        return "" + SURNAMES.charAt(hash % SURNAMES.length()) + GIVEN_NAMES.charAt(hash / SURNAMES.length());
    }

    private long hash(String text) {
        return UuidCreator.getNameBasedSha1(namespace, text).getLeastSignificantBits() & Long.MAX_VALUE;
    }
}
