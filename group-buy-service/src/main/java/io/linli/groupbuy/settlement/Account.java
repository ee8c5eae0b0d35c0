package io.linli.groupbuy.settlement;

import java.util.Locale;
import java.util.UUID;

/// Whose money a posting moves. What an account has above zero it is owed by the others; below zero it owes, or holds
/// money that is theirs.
public record Account(Kind kind, UUID owner) {

    /// `CLEARING` is what the payment provider holds for a community. Courier, fund and clearing are one each per
    /// community and have its id.
    public enum Kind {
        HOUSEHOLD,
        LEADER,
        SUPPLIER,
        COURIER,
        FUND,
        CLEARING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public static Account household(UUID household) {
        return new Account(Kind.HOUSEHOLD, household);
    }

    /// A leader, by member id.
    public static Account leader(UUID member) {
        return new Account(Kind.LEADER, member);
    }

    public static Account supplier(UUID supplier) {
        return new Account(Kind.SUPPLIER, supplier);
    }

    public static Account courier(UUID community) {
        return new Account(Kind.COURIER, community);
    }

    public static Account fund(UUID community) {
        return new Account(Kind.FUND, community);
    }

    public static Account clearing(UUID community) {
        return new Account(Kind.CLEARING, community);
    }
}
