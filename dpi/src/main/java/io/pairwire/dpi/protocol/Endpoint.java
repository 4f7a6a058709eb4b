package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Session;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a session to come was announced to end.
 *
 * @param high upper half of the address, 0 for IPv4
 * @param low lower half, or an IPv4 address in the low 32 bits
 */
record Endpoint(long high, long low, int port) {

    /** {@code 192,0,2,1,7,208}: RFC 959 §4.1.2. */
    static Optional<Endpoint> ofSixNumbers(String text) {
        var parts = text.split(",", 7);
        if (parts.length != 6) return Optional.empty();
        long all = 0;
        for (var part : parts) {
            int number = number(part.strip(), 255);
            if (number < 0) return Optional.empty();
            all = all << 8 | number;
        }
        return Optional.of(new Endpoint(0, all >>> 16, (int) all & 0xffff));
    }

    /**
     * {@code |||2000|} or {@code |1|192.0.2.1|2000|}: RFC 2428. The address is taken to be that of the speaker: another one
     * would be a bounce.
     */
    static Optional<Endpoint> ofExtended(String text, Session session, boolean fromOriginator) {
        if (text.isEmpty()) return Optional.empty();
        var parts = text.substring(1).split(Pattern.quote(text.substring(0, 1)), 5);
        int port = parts.length < 3 ? -1 : number(parts[2], 0xffff);
        if (port < 0) return Optional.empty();
        return Optional.of(
                fromOriginator
                        ? new Endpoint(session.originatorHigh(), session.originatorLow(), port)
                        : new Endpoint(session.responderHigh(), session.responderLow(), port));
    }

    /** {@code 192.0.2.1}. */
    static Optional<Endpoint> ofDotted(String address, int port) {
        var parts = address.split("\\.", 5);
        if (parts.length != 4) return Optional.empty();
        long all = 0;
        for (var part : parts) {
            int number = number(part, 255);
            if (number < 0) return Optional.empty();
            all = all << 8 | number;
        }
        return Optional.of(new Endpoint(0, all, port));
    }

    private static int number(String text, int most) {
        if (text.isEmpty() || text.length() > 5) return -1;
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = number * 10 + digit;
        }
        return number <= most ? number : -1;
    }
}
