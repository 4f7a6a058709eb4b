package io.pairwire.cli;

import java.util.ArrayList;
import java.util.List;

/** A line between a batch and its child processes: words behind tabs. */
final class WorkerLine {
    private WorkerLine() {}

    static String of(String first, List<String> others) {
        var all = new ArrayList<String>();
        all.add(escaped(first));
        for (String other : others) all.add(escaped(other));
        return String.join("\t", all) + "\n";
    }

    static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        for (String field : line.split("\t", -1)) fields.add(plain(field));
        return fields;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length();
            if (!escape) {
                plain.append(c);
                continue;
            }
            char next = text.charAt(++i);
            plain.append(next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next);
        }
        return plain.toString();
    }
}
