package io.pairwire.platform.numa;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the small files of {@code /sys}. What cannot be understood is told with the path. */
final class SystemFiles {
    private static final Pattern RESERVE = Pattern.compile("hugepages-(\\d{1,12})kB");
    private static final int KIB = 10;
    private static final int MOST = 1 << 16;

    private SystemFiles() {}

    /** {@code 0-3,8,10-11}, spelled out and ascending. */
    static List<Integer> list(Path file) throws IOException {
        String text = Files.readString(file).strip();
        var numbers = new ArrayList<Integer>();
        if (text.isEmpty()) return numbers;
        for (String range : text.split(",")) {
            String[] ends = range.strip().split("-", 2);
            int first = small(file, ends[0]);
            int last = ends.length == 1 ? first : small(file, ends[1]);
            if (last < first) throw new IOException(file + ": cannot be understood: " + range);
            for (int number = first; number <= last; number++) numbers.add(number);
        }
        numbers.sort(Comparator.naturalOrder());
        return numbers;
    }

    private static int small(Path file, String text) throws IOException {
        long number = number(file, text);
        if (number < 0 || number >= MOST) throw new IOException(file + ": number is not in 0..65535: " + text);
        return (int) number;
    }

    /** Numbers with spaces between them. */
    static List<Integer> numbers(Path file) throws IOException {
        var numbers = new ArrayList<Integer>();
        for (String word : Files.readString(file).strip().split("\\s+")) numbers.add(small(file, word));
        return numbers;
    }

    /** The number a file consists of. */
    static long number(Path file) throws IOException {
        return number(file, Files.readString(file));
    }

    private static long number(Path file, String text) throws IOException {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IOException(file + ": cannot be understood: " + text.strip(), e);
        }
    }

    /** What stands behind a name in a file like {@code meminfo}, in bytes; 0 if the name does not occur. */
    static long kibibytes(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            int at = line.indexOf(name);
            if (at < 0) continue;
            return number(file, line.substring(at + name.length()).replace("kB", "")) << KIB;
        }
        return 0;
    }

    /** The reserves of huge pages in a folder, by growing page; none if there is no such folder. */
    static List<HugePages> hugePages(Path folder) throws IOException {
        var reserves = new ArrayList<HugePages>();
        if (!Files.isDirectory(folder)) return reserves;
        try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
            for (Path reserve : each) {
                Matcher name = RESERVE.matcher(reserve.getFileName().toString());
                if (!name.matches()) continue;
                reserves.add(new HugePages(
                        Long.parseLong(name.group(1)) << KIB,
                        number(reserve.resolve("nr_hugepages")),
                        number(reserve.resolve("free_hugepages"))));
            }
        }
        reserves.sort(Comparator.comparingLong(HugePages::bytes));
        return reserves;
    }
}
