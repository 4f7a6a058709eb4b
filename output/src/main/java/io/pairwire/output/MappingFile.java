package io.pairwire.output;

import io.pairwire.decode.rewrite.MappingListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.HashSet;
import java.util.Set;

/**
 * A table of which address became which: kind, address and what it was mapped to, with tabs between, each address once, in
 * the order of their first packets. Whoever has it can undo the anonymising.
 *
 * <p>To list each address once it remembers them: about 100 bytes each, {@value #MOST} at most. Those that come later are
 * counted and left out.
 */
public final class MappingFile implements MappingListener, Closeable {
    /** Addresses listed at most. */
    public static final int MOST = 1_000_000;

    private static final byte[] HEADING = Bytes.of("kind\taddress\tmapped\n");
    private static final int LONGEST_LINE = 8 + 2 * AddressText.LONGEST;
    private static final int MAC_BYTES = 6;
    private static final byte[] HEX = Bytes.of("0123456789abcdef");

    private final WritableByteChannel channel;
    private final int most;
    private final Set<Seen> listed = new HashSet<>();
    private final byte[] bytes = new byte[1 << 14];
    private int length;
    private long leftOut;

    private record Seen(Kind kind, long high, long low) {}

    /** Writes to a channel in blocking mode, which {@link #close} closes. */
    public MappingFile(WritableByteChannel channel) {
        this(channel, MOST);
    }

    MappingFile(WritableByteChannel channel, int most) {
        this.channel = channel;
        this.most = most;
        length = Bytes.copy(HEADING, bytes, 0);
    }

    /** @throws UncheckedIOException if the channel fails */
    @Override
    public void mapped(Kind kind, long high, long low, long mappedHigh, long mappedLow) {
        var seen = new Seen(kind, high, low);
        if (listed.size() == most) {
            if (!listed.contains(seen)) leftOut++;
            return;
        }
        if (!listed.add(seen)) return;
        try {
            if (bytes.length - length < LONGEST_LINE) handOver();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int at = Bytes.copy(name(kind), bytes, length);
        at = address(at, kind, high, low);
        bytes[at++] = '\t';
        at = address(at, kind, mappedHigh, mappedLow);
        bytes[at++] = '\n';
        length = at;
    }

    private static byte[] name(Kind kind) {
        return switch (kind) {
            case IPV4 -> Bytes.of("ipv4\t");
            case IPV6 -> Bytes.of("ipv6\t");
            case MAC -> Bytes.of("mac\t");
        };
    }

    private int address(int at, Kind kind, long high, long low) {
        return switch (kind) {
            case IPV4 -> AddressText.ipv4(bytes, at, (int) low);
            case IPV6 -> AddressText.ipv6(bytes, at, high, low);
            case MAC -> mac(at, low);
        };
    }

    private int mac(int at, long address) {
        int next = at;
        for (int shift = (MAC_BYTES - 1) * 8; shift >= 0; shift -= 8) {
            if (next > at) bytes[next++] = ':';
            bytes[next++] = HEX[(int) (address >>> shift + 4) & 0xf];
            bytes[next++] = HEX[(int) (address >>> shift) & 0xf];
        }
        return next;
    }

    private void handOver() throws IOException {
        var buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) channel.write(buffer);
        length = 0;
    }

    /** Addresses listed. */
    public int listed() {
        return listed.size();
    }

    /** How often an address came that had no room in the list. */
    public long leftOut() {
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            handOver();
        }
    }
}
