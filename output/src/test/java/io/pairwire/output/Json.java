package io.pairwire.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict reader of RFC 8259 that keeps numbers as they are written; objects keep the order of their members. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** A Map, List, String (numbers and words too, with their kind lost), or throws. */
    static Object parse(String text) {
        var json = new Json(text);
        Object value = json.value();
        json.blank();
        if (json.at != text.length()) throw json.wrong("end");
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        return (Map<String, Object>) parse(text);
    }

    private Object value() {
        blank();
        return switch (text.charAt(at)) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        expect('{');
        if (next('}')) return members;
        do {
            blank();
            String name = string();
            blank();
            expect(':');
            if (members.put(name, value()) != null) throw wrong("a new name instead of " + name);
        } while (next(','));
        expect('}');
        return members;
    }

    private List<Object> elements() {
        var elements = new ArrayList<>();
        expect('[');
        if (next(']')) return elements;
        do {
            elements.add(value());
        } while (next(','));
        expect(']');
        return elements;
    }

    private String string() {
        var string = new StringBuilder();
        expect('"');
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') throw wrong("no control character");
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) Integer.parseInt(text.substring(at, at += 4), 16);
            default -> throw wrong("an escape");
        };
    }

    private String word() {
        int start = at;
        while (at < text.length() && "+-.0123456789eEtrufalsn".indexOf(text.charAt(at)) >= 0) at++;
        String word = text.substring(start, at);
        if (!word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?|true|false|null")) throw wrong("a value");
        return word;
    }

    private boolean next(char c) {
        blank();
        if (text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private void expect(char c) {
        if (text.charAt(at) != c) throw wrong("'" + c + "'");
        at++;
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("wanted " + wanted + " at " + at + ": " + text);
    }
}
