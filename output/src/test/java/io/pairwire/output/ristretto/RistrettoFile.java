package io.pairwire.output.ristretto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a table back and insists on every rule of the format; written apart from the writer, from the description alone. */
public record RistrettoFile(List<String> names, List<List<Object>> rows) {

    public static RistrettoFile read(Path path) throws IOException {
        var file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        require(file.getLong(0) == 0x0000_4244_5254_5352L, "magic");
        require(file.getInt(8) == 1, "version");
        int rowLength = file.getInt(12);
        long count = file.getLong(16);
        int columns = file.getInt(24);
        require(columns >= 1 && columns <= 5, "columns " + columns);
        require(count >= 0 && 256 + count * rowLength <= file.capacity(), "rows " + count);
        int length = file.capacity() >>> 20;
        require(length << 20 == file.capacity() && Integer.bitCount(length) == 1, "length " + file.capacity());
        zeros(file, 28, 40);
        var names = new ArrayList<String>();
        var types = new ArrayList<int[]>();
        int offset = 0;
        for (int i = 0; i < columns; i++) {
            int at = 40 + 40 * i;
            String name = text(file, at, 32);
            require(!name.isEmpty() && !names.contains(name), "name " + name);
            names.add(name);
            int type = file.get(at + 32);
            int bytes = file.get(at + 33) & 0xff;
            require(type == 3 ? bytes >= 2 : (type == 1 || type == 2) && bytes == 8, "type " + type);
            require(file.getShort(at + 34) == offset, "offset of " + name);
            zeros(file, at + 36, at + 40);
            types.add(new int[] {type, bytes});
            offset += bytes;
        }
        require(offset == rowLength, "length of a row " + rowLength);
        zeros(file, 40 + 40 * columns, 256);
        var rows = new ArrayList<List<Object>>();
        int at = 256;
        for (long row = 0; row < count; row++) {
            var values = new ArrayList<Object>();
            for (int[] type : types) {
                values.add(
                        switch (type[0]) {
                            case 1 -> file.getLong(at);
                            case 2 -> file.getDouble(at);
                            default -> text(file, at, type[1]);
                        });
                at += type[1];
            }
            rows.add(values);
        }
        zeros(file, at, file.capacity());
        return new RistrettoFile(names, rows);
    }

    private static String text(ByteBuffer file, int at, int length) {
        int end = 0;
        while (file.get(at + end) != 0) end++;
        require(end < length, "a text without its end at " + at);
        zeros(file, at + end, at + length);
        return new String(file.array(), at, end, StandardCharsets.UTF_8);
    }

    private static void zeros(ByteBuffer file, int from, int to) {
        for (int i = from; i < to; i++) require(file.get(i) == 0, "a zero at " + i);
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("not as it should be: " + what);
    }
}
