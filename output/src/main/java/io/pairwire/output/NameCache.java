package io.pairwire.output;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * File names as the bytes a format wants, made once a name. Not thread-safe.
 *
 * <p>Bounded, since a folder that is watched for ever brings new names for ever.
 */
final class NameCache {
    private static final int NAMES = 4_096;

    private final UnaryOperator<String> escape;
    private final Map<String, byte[]> names = new HashMap<>();
    private String lastName = "";
    private byte[] last;

    NameCache(UnaryOperator<String> escape) {
        this.escape = escape;
        last = encode("");
    }

    byte[] bytes(String name) {
        if (name.equals(lastName)) return last;
        byte[] bytes = names.get(name);
        if (bytes == null) bytes = encode(name);
        lastName = name;
        last = bytes;
        return bytes;
    }

    private byte[] encode(String name) {
        if (names.size() == NAMES) names.clear();
        byte[] bytes = Bytes.of(escape.apply(name));
        names.put(name, bytes);
        return bytes;
    }
}
