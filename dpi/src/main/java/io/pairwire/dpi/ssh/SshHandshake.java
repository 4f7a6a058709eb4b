package io.pairwire.dpi.ssh;

import io.pairwire.dpi.bytes.ByteCursor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an SSH connection from its first byte, <a href="https://www.rfc-editor.org/rfc/rfc4253">RFC 4253</a>: the
 * identification line (§4.2), then the first binary packets (§6) up to the offer of algorithms.
 *
 * <p>Holds at most {@value #MOST} bytes. Not thread-safe.
 */
public final class SshHandshake {
    /** Bytes that are kept until the offer is whole; §6.1 asks implementations to cope with 35,000. */
    public static final int MOST = 36 * 1024;

    private static final int LONGEST_LINE = 255;
    private static final int MOST_LINES = 32;

    private byte[] bytes = {};
    private int length;
    private int lines;
    private @Nullable String identification;
    private @Nullable KeyExchangeInit offer;
    private boolean over;

    /** Takes the next bytes of the direction. */
    public void offer(MemorySegment memory, long at, int count) {
        if (over) return;
        int kept = Math.min(count, MOST - length);
        if (length + kept > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MOST, Math.max(512, (length + kept) * 3 / 2)));
        }
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, bytes, length, kept);
        length += kept;
        if (identification == null) identify();
        if (identification != null && !over) packet();
        if (length == MOST) over = true;
        if (over) bytes = new byte[0];
    }

    /** A server may send other lines before its own, §4.2. */
    private void identify() {
        int start = 0;
        for (int i = 0; i < length && !over; i++) {
            if (bytes[i] != '\n') {
                over = i - start > LONGEST_LINE;
                continue;
            }
            var line = new ByteCursor(bytes, start, i - start);
            start = i + 1;
            if (line.startsWith("SSH-")) {
                identification = line.restAsText().stripTrailing();
                break;
            }
            over = ++lines > MOST_LINES;
        }
        forget(start);
    }

    private void packet() {
        var rest = new ByteCursor(bytes, 0, length);
        long packetLength = rest.u32();
        int padding = rest.u8();
        if (rest.failed()) return;
        if (packetLength < 12 || packetLength > 35_000 || padding < 4 || padding >= packetLength) {
            over = true; // version 1, or something else
            return;
        }
        if (length - 4 < packetLength) return;
        offer = KeyExchangeInit.read(rest.slice(packetLength - 1 - padding)).orElse(null);
        over = true;
    }

    private void forget(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    /** For example {@code SSH-2.0-OpenSSH_9.6}. */
    public Optional<String> identification() {
        return Optional.ofNullable(identification);
    }

    public Optional<KeyExchangeInit> algorithms() {
        return Optional.ofNullable(offer);
    }

    /** Is there nothing more to learn? */
    public boolean isOver() {
        return over;
    }
}
