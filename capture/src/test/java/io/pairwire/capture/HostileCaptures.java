package io.pairwire.capture;

import java.io.IOException;

/** Reads bytes that may be anything, and complains about what no reader may do with them. */
final class HostileCaptures {
    private HostileCaptures() {}

    /** Reads to the end or to the damage. */
    static void read(byte[] bytes) throws IOException {
        read(bytes, ReadOptions.DEFAULT);
    }

    /** Reads to the end, whatever damages lie on the way. */
    static void readBehindDamages(byte[] bytes) throws IOException {
        read(bytes, ReadOptions.RESYNC);
    }

    private static void read(byte[] bytes, ReadOptions options) throws IOException {
        var window = new StreamWindow(Captures.channel(bytes), 64);
        long[] last = {-1};
        DamageListener listener = (damage, packets, resumedAt) -> {
            if (damage.offset() < 0 || resumedAt <= damage.offset() || resumedAt > bytes.length)
                throw new AssertionError(damage.offset() + " to " + resumedAt + " of " + bytes.length);
            if (options.resync() && damage.kind() != DamageKind.OPTIONS_OVERRUN) {
                if (resumedAt <= last[0]) throw new AssertionError("went back to " + resumedAt);
                last[0] = resumedAt;
            }
        };
        try {
            var reader = CaptureFormat.open(window, options, listener);
            long packets = readAll(reader, bytes);
            if (packets > bytes.length / 16) throw new AssertionError(packets + " packets");
        } catch (UnsupportedCaptureException e) {
            if (e.getMessage().isEmpty()) throw new AssertionError("no reason", e);
        } catch (MalformedCaptureException e) {
            if (e.offset() < 0 || e.offset() > bytes.length) throw new AssertionError("offset " + e.offset(), e);
        }
        long limit = Math.max(128, 2L * bytes.length);
        if (window.buffer().capacity() > limit)
            throw new AssertionError("holds " + window.buffer().capacity());
    }

    private static long readAll(CaptureReader reader, byte[] bytes) throws IOException {
        var packet = new Packet();
        long before = -1;
        try {
            while (reader.next(packet)) {
                if (reader.recordPosition() <= before) throw new AssertionError("position " + reader.recordPosition());
                before = reader.recordPosition();
                Captures.hex(packet);
                look(packet.options());
            }
        } finally {
            var told = reader.description();
            if (told.interfaces().size() > bytes.length / 12 + 1) throw new AssertionError(told.toString());
        }
        return packet.number();
    }

    private static void look(PacketOptions options) {
        int[] seen = {0};
        options.forEach((code, value) -> seen[0] += value.remaining());
        seen[0] += options.comments().size()
                + options.hashes().size()
                + options.verdicts().size()
                + options.flags();
        seen[0] += (int) (options.dropCount() + 1 + options.queue() + 1 + options.packetId());
        if (seen[0] != 0 && options.isEmpty()) throw new AssertionError("empty, but has " + seen[0]);
    }
}
