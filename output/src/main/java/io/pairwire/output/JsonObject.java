package io.pairwire.output;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A JSON object that grows, on one line; members in the order in which they come. */
public final class JsonObject {
    private final StringBuilder members = new StringBuilder();

    /** Without members. */
    public JsonObject() {}

    /** A string. */
    public JsonObject add(String name, String value) {
        return raw(name, JsonText.quoted(value));
    }

    /** A number. */
    public JsonObject add(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** A string, left out if empty. */
    public JsonObject text(String name, String value) {
        return value.isEmpty() ? this : add(name, value);
    }

    /** Any JSON. */
    public JsonObject raw(String name, String json) {
        if (!members.isEmpty()) members.append(',');
        members.append(JsonText.quoted(name)).append(':').append(json);
        return this;
    }

    /** An array of what {@code json} makes of the values. */
    public static <T> String list(List<T> values, Function<? super T, String> json) {
        return values.stream().map(json).collect(Collectors.joining(",", "[", "]"));
    }

    /** The object. */
    @Override
    public String toString() {
        return "{" + members + "}";
    }
}
