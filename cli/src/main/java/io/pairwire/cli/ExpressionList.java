package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Expressions from a file, one a line: bare, or behind the columns link type and verdict. */
final class ExpressionList {
    private static final long LARGEST_FILE = 64 << 20;

    private ExpressionList() {}

    /**
     * One line.
     *
     * @param linkType empty if it is for every capture
     * @param mayFail whether it says itself that it should be rejected
     */
    record Entry(String expression, OptionalInt linkType, boolean mayFail) {}

    static List<Entry> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) throw new IOException(file + ": too large for a list of expressions");
        var entries = new ArrayList<Entry>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String[] columns = line.split("\t", -1);
            if (columns.length == 1) {
                if (!line.isBlank()) entries.add(new Entry(line.strip(), OptionalInt.empty(), false));
                continue;
            }
            if (columns.length != 3) {
                throw new IOException(file + ": line " + number + " has " + columns.length + " columns, not 1 or 3");
            }
            if (number == 1 && columns[0].equals("link_type")) continue; // names of the columns
            OptionalInt linkType = LinkTypes.parse(columns[0]);
            if (linkType.isEmpty())
                throw new IOException(file + ": line " + number + ": unknown link type " + columns[0]);
            entries.add(new Entry(columns[2], linkType, columns[1].equals("reject")));
        }
        return entries;
    }
}
