package io.pairwire.engine.analyse;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists, texts and names of enums as bytes. What cannot be is refused before memory is taken for it. */
final class ByteFields {
    private ByteFields() {}

    /** Writes a value. */
    @FunctionalInterface
    interface Put<T> {
        void put(T value, DataOutputStream to) throws IOException;
    }

    /** Reads a value. */
    @FunctionalInterface
    interface Take<T> {
        T take(DataInputStream from) throws IOException;
    }

    static <T> void putAll(List<T> values, Put<T> each, DataOutputStream to) throws IOException {
        to.writeInt(values.size());
        for (T value : values) each.put(value, to);
    }

    static <T> List<T> takeAll(Take<T> each, DataInputStream from) throws IOException {
        int count = from.readInt();
        if (count < 0 || count > from.available()) throw new IOException("a list that cannot be: " + count);
        var values = new ArrayList<T>();
        for (int i = 0; i < count; i++) values.add(each.take(from));
        return values;
    }

    static <E extends Enum<E>> E takeOne(E[] of, DataInputStream from) throws IOException {
        int ordinal = from.readInt();
        if (ordinal < 0 || ordinal >= of.length) throw new IOException("none of " + of.length + ": " + ordinal);
        return of[ordinal];
    }

    static void putText(String text, DataOutputStream to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    static String takeText(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > from.available()) throw new IOException("a text that cannot be: " + length);
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }
}
