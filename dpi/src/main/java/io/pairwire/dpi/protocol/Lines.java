package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Payload;

/** Lines of text as the older protocols of the Internet speak them: ended by line feed, mostly behind a carriage return. */
final class Lines {
    /** Bytes of a line that is waited for; SMTP and its kin allow 512 to 1,000. */
    static final int LONGEST = 2048;

    private Lines() {}

    /** Where the line behind the one at {@code at} begins, or -1 if that has no end yet. */
    static int next(Payload payload, int at) {
        int feed = payload.indexOf('\n', at, payload.length());
        return feed < 0 ? -1 : feed + 1;
    }

    /** The line, without what ends it. */
    static String text(Payload payload, int at, int next) {
        int end = next;
        while (end > at && (payload.u8(end - 1) == '\n' || payload.u8(end - 1) == '\r')) end--;
        return payload.text(at, end - at);
    }

    /** Is that the word at {@code at}, in any case of letters, with something else behind it, or nothing yet? */
    static boolean isWord(Payload payload, int at, String upperCase) {
        if (!payload.has(at, upperCase.length())) return false;
        for (int i = 0; i < upperCase.length(); i++) {
            if (upper(payload.u8(at + i)) != upperCase.charAt(i)) return false;
        }
        return !payload.has(at + upperCase.length(), 1) || payload.u8(at + upperCase.length()) <= ' ';
    }

    /** The same, as far as there are bytes. */
    static boolean mayBeWord(Payload payload, int at, String upperCase) {
        int there = Math.min(upperCase.length(), Math.max(0, payload.length() - at));
        for (int i = 0; i < there; i++) {
            if (upper(payload.u8(at + i)) != upperCase.charAt(i)) return false;
        }
        return true;
    }

    private static int upper(int letter) {
        return letter >= 'a' && letter <= 'z' ? letter - 32 : letter;
    }

    /** One of these words, as {@link #isWord}: its number, or -1. */
    static int word(Payload payload, int at, String... upperCase) {
        for (int i = 0; i < upperCase.length; i++) {
            if (isWord(payload, at, upperCase[i])) return i;
        }
        return -1;
    }

    /** May the bytes there become one of these words? */
    static boolean mayBecome(Payload payload, int at, String... upperCase) {
        for (var word : upperCase) {
            if (mayBeWord(payload, at, word)) return true;
        }
        return false;
    }

    /** Does the line at {@code at} hold that text, in any case of letters? Looks no further than its end. */
    static boolean holds(Payload payload, int at, String upperCase) {
        int end = next(payload, at);
        int last = (end < 0 ? payload.length() : end) - upperCase.length();
        for (int from = at; from <= last; from++) {
            if (mayBeWord(payload, from, upperCase)) return true;
        }
        return false;
    }

    /** Three digits, then a space or a hyphen: how servers begin their answers. -1 if it is not so. */
    static int code(Payload payload, int at) {
        if (!payload.has(at, 4)) return -1;
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = payload.u8(at + i) - '0';
            if (digit < 0 || digit > 9) return -1;
            code = code * 10 + digit;
        }
        int behind = payload.u8(at + 3);
        return behind == ' ' || behind == '-' || behind == '\r' ? code : -1;
    }

    /** What stands behind the first space, without spaces around it. */
    static String rest(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? "" : line.substring(space + 1).strip();
    }
}
