package io.pairwire.capture.edit;

import io.pairwire.capture.Packet;
import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many parts written at once, of which a bounded number are open: when one more is needed, the one that has waited longest
 * for a packet is closed, and opened again when its next packet comes. Not thread-safe.
 */
public final class OpenParts implements Closeable {
    /** Opens the file of a part. */
    @FunctionalInterface
    public interface Opener {
        /**
         * @param part its number, from 0
         * @param first the packet to come, for a name or a format
         * @param again whether it was open before, so that what is in it has to stay
         */
        PacketCopy open(int part, Packet first, boolean again) throws IOException;
    }

    private final int limit;
    private final Opener opener;
    private final Map<Integer, PacketCopy> open = new LinkedHashMap<>(16, 0.75f, true);
    private final BitSet known = new BitSet();
    private long reopened;

    /** @param limit files open at the same time, from 1 */
    public OpenParts(int limit, Opener opener) {
        if (limit < 1) throw new IllegalArgumentException("limit is below 1: " + limit);
        this.limit = limit;
        this.opener = opener;
    }

    /** Writes a packet to a part, which is opened if it has to be. */
    public void write(int part, Packet packet) throws IOException {
        PacketCopy writer = open.get(part); // also notes that it was used
        if (writer == null) {
            if (open.size() == limit) closeOldest();
            boolean again = known.get(part);
            if (again) reopened++;
            writer = opener.open(part, packet, again);
            known.set(part);
            open.put(part, writer);
        }
        writer.write(packet);
    }

    private void closeOldest() throws IOException {
        var parts = open.values().iterator();
        PacketCopy oldest = parts.next();
        parts.remove();
        oldest.close();
    }

    /** Parts written so far. */
    public int count() {
        return known.cardinality();
    }

    /** How often a part was opened again. */
    public long reopened() {
        return reopened;
    }

    /** Closes all; the first failure is thrown when every one has been tried. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (PacketCopy writer : open.values()) {
            try {
                writer.close();
            } catch (IOException e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
            }
        }
        open.clear();
        if (failure != null) throw failure;
    }
}
