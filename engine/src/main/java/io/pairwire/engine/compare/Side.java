package io.pairwire.engine.compare;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.engine.content.PacketContent;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One of the two captures: a row for each packet in the order of the capture, and, until they are brought together, rows
 * by the leading bits of their keys.
 */
final class Side {
    /** Rows of the second kind lie in that many tables. */
    static final int PARTITIONS = 128;

    static final int TIME = 0;

    /** Number of the partner from 1, 0 for none yet, or one of the following. */
    static final int PARTNER = 8;

    /** The changes of the pair, bits of {@link FieldChange}. */
    static final int CHANGES = 12;

    /** Of the packet in its file. */
    private static final int NUMBER = 16;

    static final int PACKET_WIDTH = 20;

    /** In {@link #CHANGES}: the pair is out of order. */
    static final int MOVED = 1 << 30;

    static final int DUPLICATE = -1;
    static final int RESEGMENTED = -2;
    static final int REFRAGMENTED = -3;

    private static final int BATCH = 1 << 10;
    private static final int PARTITION_SHIFT = 64 - Integer.numberOfTrailingZeros(PARTITIONS);

    final Rows packets;
    final Rows[] partitions;
    long firstNanos = Long.MAX_VALUE;
    long lastNanos = Long.MIN_VALUE;
    long bytes;
    private int file = -1;
    private boolean severalFiles;

    /** The same for the same capture at any time, unlike the keys. */
    long fingerprint;

    Side(Scratch keep, Scratch passing) {
        packets = new Rows(keep, PACKET_WIDTH, 13);
        partitions = new Rows[PARTITIONS];
        for (int i = 0; i < PARTITIONS; i++) partitions[i] = new Rows(passing, Sighting.WIDTH, 9);
    }

    static int partition(long key) {
        return (int) (key >>> PARTITION_SHIFT);
    }

    /** The first look at the capture: every packet gets its rows. */
    void read(PacketSource source, PacketContent content, boolean translated, Watch watch) throws IOException {
        var decoder = new LayerDecoder();
        var layers = new Layers();
        poll(source, watch, packet -> {
            decoder.decode(packet, layers);
            content.read(packet, layers);
            int number = packets.add();
            long time = packet.epochNanos();
            packets.set64(number, TIME, time);
            packets.set32(number, NUMBER, (int) packet.number());
            if (packet.file() != file) {
                severalFiles |= file >= 0;
                file = packet.file();
            }
            firstNanos = Math.min(firstNanos, time);
            lastNanos = Math.max(lastNanos, time);
            bytes += packet.originalLength();
            fingerprint += (number + 1L) * ((time ^ packet.originalLength()) * 0x9fb2_1c65_1e98_df25L);
            long key = content.key(translated);
            Rows partition = partitions[partition(key)];
            int row = partition.add();
            partition.set64(row, Sighting.KEY, key);
            partition.set32(row, Sighting.NUMBER, number);
            Sighting.write(partition, row, packet, content, ports(layers));
        });
    }

    static int ports(Layers layers) {
        return layers.sourcePort() << 16 | layers.destinationPort();
    }

    /** Does something with a packet, and may fail as files do. */
    @FunctionalInterface
    interface Step {
        void onPacket(Packet packet) throws IOException;
    }

    /** Hands all packets of a source to a step; ends with {@link java.io.InterruptedIOException} if asked to stop. */
    static void poll(PacketSource source, Watch watch, Step step) throws IOException {
        try {
            while (source.poll(packet -> take(step, packet), BATCH) != PacketSource.END) watch.look();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void take(Step step, Packet packet) {
        try {
            step.onPacket(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long time(int number) {
        return packets.get64(number, TIME);
    }

    /** What people know the packet by: its number in its file, or in the whole capture if that has several files. */
    long told(int number) {
        return severalFiles ? number + 1L : Integer.toUnsignedLong(packets.get32(number, NUMBER));
    }

    int partner(int number) {
        return packets.get32(number, PARTNER);
    }

    int changes(int number) {
        return packets.get32(number, CHANGES);
    }

    void mark(int number, int partner) {
        packets.set32(number, PARTNER, partner);
    }

    /** Brings a packet of each side together. */
    static void pair(Side a, int numberA, Side b, int numberB, int changes) {
        a.packets.set32(numberA, PARTNER, numberB + 1);
        b.packets.set32(numberB, PARTNER, numberA + 1);
        a.packets.set32(numberA, CHANGES, changes);
        b.packets.set32(numberB, CHANGES, changes);
    }
}
