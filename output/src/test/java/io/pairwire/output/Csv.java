package io.pairwire.output;

import java.util.ArrayList;
import java.util.List;

/** A strict reader of RFC 4180 with lines ended by LF. */
final class Csv {
    private Csv() {}

    static List<List<String>> parse(String text) {
        var lines = new ArrayList<List<String>>();
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                at++;
                while (text.charAt(at) != '"' || at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    if (text.charAt(at) == '"') at++;
                    field.append(text.charAt(at++));
                }
                at++;
            } else {
                while (",\n".indexOf(text.charAt(at)) < 0) {
                    if (text.charAt(at) == '"') throw new IllegalArgumentException("bare quote at " + at);
                    field.append(text.charAt(at++));
                }
            }
            fields.add(field.toString());
            field.setLength(0);
            if (text.charAt(at) == '\n') {
                lines.add(List.copyOf(fields));
                fields.clear();
            } else if (text.charAt(at) != ',') {
                throw new IllegalArgumentException("text behind a quote at " + at);
            }
            at++;
        }
        return lines;
    }
}
