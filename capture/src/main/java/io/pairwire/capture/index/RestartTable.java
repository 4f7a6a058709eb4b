package io.pairwire.capture.index;

import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.RestartPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Where in a compressed capture unpacking can begin. Immutable. */
final class RestartTable {
    /** The farthest that deflate refers back, and so the longest window. */
    private static final int WINDOW = 32 << 10;

    private final Path index;
    private final long[] plain;
    private final long[] packed;
    private final long[] windows;
    private final int[] lengths;
    private final int[] bits;

    private RestartTable(Path index, int count) {
        this.index = index;
        plain = new long[count];
        packed = new long[count];
        windows = new long[count];
        lengths = new int[count];
        bits = new int[count];
    }

    static RestartTable decode(ByteBuffer bytes, int count, Path index, long indexLength) {
        var table = new RestartTable(index, count);
        for (int i = 0; i < count; i++) {
            table.plain[i] = bytes.getLong();
            table.packed[i] = bytes.getLong();
            table.windows[i] = bytes.getLong();
            table.lengths[i] = bytes.getInt();
            table.bits[i] = bytes.getInt();
            boolean sound = table.plain[i] >= (i == 0 ? 0 : table.plain[i - 1])
                    && table.packed[i] >= 0
                    && table.windows[i] >= 0
                    && table.lengths[i] >= 0
                    && table.lengths[i] <= 2 * WINDOW
                    && table.lengths[i] <= indexLength - table.windows[i]
                    && (table.bits[i] & ~7) == 0;
            if (!sound) throw new IllegalArgumentException("restart point " + i);
        }
        return table;
    }

    int count() {
        return plain.length;
    }

    /** The last point at or before a place; negative if there is none. */
    int before(long position) {
        int at = Arrays.binarySearch(plain, position);
        return at >= 0 ? at : -at - 2;
    }

    long plainAt(int point) {
        return point < 0 ? 0 : plain[point];
    }

    /** The point, with its window. */
    RestartPoint point(int point) throws IOException {
        if (point < 0) return RestartPoint.START;
        byte[] window = new byte[0];
        if (lengths[point] > 0) {
            try (var channel = FileChannel.open(index, StandardOpenOption.READ)) {
                window = inflated(CaptureIndex.read(channel, windows[point], lengths[point]), windows[point]);
            }
        }
        return new RestartPoint(plain[point], packed[point], bits[point], window);
    }

    private static byte[] inflated(byte[] deflated, long at) throws MalformedCaptureException {
        byte[] window = new byte[WINDOW];
        try (var inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            int length = inflater.inflate(window);
            return Arrays.copyOf(window, length);
        } catch (DataFormatException e) {
            throw (MalformedCaptureException)
                    new MalformedCaptureException(at, "window of a restart point is damaged").initCause(e);
        }
    }
}
