package io.linli.community.privacy;

/// How names and rooms look to people who may not see them. *Source:* GB/T 41833-2022.
public final class Masked {
    private Masked() {}

    /// The first character only: `王*`; says nothing about the length.
    public static String name(String name) {
        return first(name) + "*";
    }

    /// The first character, the others hidden: `1***`.
    public static String room(String room) {
        var length = room.codePointCount(0, room.length());
        return length <= 1 ? "*" : first(room) + "*".repeat(length - 1);
    }

    private static String first(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }
}
