package io.pairwire.capture.edit;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the files of a rotating capture are called. */
@FunctionalInterface
public interface RotationNames {

    /**
     * The name of a file.
     *
     * @param number of the file, from 1
     * @param startNanos when it was begun, nanoseconds since 1970
     */
    Path of(long number, long startNanos);

    /** Always the same. */
    static RotationNames single(Path path) {
        return (_, _) -> path;
    }

    /** As dumpcap does it, see {@link PartNames}. */
    static RotationNames dumpcap(Path whole) {
        var names = new PartNames(whole);
        return names::of;
    }

    /**
     * As tcpdump does it: the name is a pattern of strftime(3) if the time rotates, and gets a number at its end if the length
     * rotates: none for the first file, then 1, 2 and so on; with a limit from 0 on with leading zeros, again and again.
     *
     * @param numbered whether the length rotates
     * @param files limit of the ring, 0 for none
     * @param zone in which the clock is read
     */
    static RotationNames tcpdump(Path whole, boolean timed, boolean numbered, int files, ZoneId zone) {
        String pattern = whole.toString();
        int digits = files == 0 ? 0 : Integer.toString(files - 1).length();
        return (number, startNanos) -> {
            String name = timed ? strftime(pattern, startNanos, zone) : pattern;
            if (!numbered) return Path.of(name);
            long count = files == 0 ? number - 1 : (number - 1) % files;
            if (files == 0) return Path.of(count == 0 ? name : name + count);
            return Path.of(name + String.format(Locale.ROOT, "%0" + digits + "d", count));
        };
    }

    /** The conversions of strftime(3) that names of files use; others stay as they are. */
    static String strftime(String pattern, long epochNanos, ZoneId zone) {
        var at =
                Instant.ofEpochSecond(Math.floorDiv(epochNanos, 1_000_000_000L)).atZone(zone);
        var text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                text.append(c);
                continue;
            }
            char conversion = pattern.charAt(++i);
            String format = switch (conversion) {
                case 'Y' -> "uuuu";
                case 'y' -> "uu";
                case 'm' -> "MM";
                case 'd' -> "dd";
                case 'H' -> "HH";
                case 'I' -> "hh";
                case 'M' -> "mm";
                case 'S' -> "ss";
                case 'j' -> "DDD";
                case 'a' -> "EEE";
                case 'A' -> "EEEE";
                case 'b', 'h' -> "MMM";
                case 'B' -> "MMMM";
                case 'F' -> "uuuu-MM-dd";
                case 'T' -> "HH:mm:ss";
                case 'z' -> "xx";
                case 'Z' -> "zzz";
                default -> "";
            };
            if (conversion == 's') text.append(at.toEpochSecond());
            else if (conversion == '%') text.append('%');
            else if (format.isEmpty()) text.append('%').append(conversion);
            else text.append(DateTimeFormatter.ofPattern(format, Locale.ROOT).format(at));
        }
        return text.toString();
    }
}
