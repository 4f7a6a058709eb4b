package io.pairwire.decode.stream;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Fragment;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments of IPv4 (RFC 791, RFC 815) and IPv6 (RFC 8200 §4.5) back together to datagrams that a decoder can decode
 * as if they had never been cut.
 *
 * <p>Works on the outermost IP header. Everything it holds is bounded, and the oldest datagram goes first; time is event time
 * and never runs back. Not thread-safe; the fragments of a datagram must come to the same instance.
 */
public final class Defragmenter {
    private static final int MOST_HEADER = PiecePool.CHUNK;
    private static final int MOST_DATAGRAM = 0xffff;
    private static final int IPV4_LENGTH = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_CHECKSUM = 10;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int IPV6_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final FragmentSettings settings;
    private final PiecePool pool;
    private final KeyedTable<Datagram> table;
    private final TimeList<Datagram> ipv4 = new TimeList<>(Datagram.class);
    private final TimeList<Datagram> ipv6 = new TimeList<>(Datagram.class);
    private final List<Datagram> spare = new ArrayList<>();
    private final FragmentTally tally = new FragmentTally();
    private final Arrival arrival = new Arrival();
    private final long ipv4Nanos;
    private final long ipv6Nanos;
    private final MemorySegment whole = Arena.ofAuto().allocate(MOST_HEADER + MOST_DATAGRAM);
    private final Packet datagram = new Packet();
    private long now = Long.MIN_VALUE;

    // The fragment at hand: where its headers end and its data begin in the packet, and its place in the datagram.
    private int headerEnd;
    private int dataAt;
    private int dataLength;
    private int offset;
    private boolean last;

    /** @param random where the secrets of the hash come from; nothing that is handed out depends on it */
    public Defragmenter(FragmentSettings settings, RandomGenerator random) {
        this.settings = settings;
        pool = new PiecePool(settings.memory());
        table = new KeyedTable<>(Datagram.class, random);
        ipv4Nanos = settings.ipv4Timeout().toNanos();
        ipv6Nanos = settings.ipv6Timeout().toNanos();
    }

    /**
     * Takes the next packet.
     *
     * @param layers what a decoder found in it
     */
    public FragmentAnswer offer(Packet packet, Layers layers) {
        advance(packet.epochNanos());
        if (!layers.isFragment()) {
            tally.whole++;
            return FragmentAnswer.WHOLE;
        }
        tally.fragments++;
        int fragmentLayer = layers.ipVersion() == 6 ? fragmentLayer(packet, layers) : -1;
        FragmentDrop reason =
                layers.ipVersion() == 6 ? locateIpv6(packet, layers, fragmentLayer) : locateIpv4(packet, layers);
        if (reason != null) return drop(reason);
        Datagram found = table.find();
        Datagram into = found != null ? found : begin(packet, layers.ipVersion() == 6);
        if (into.refused != null) return drop(into.refused);
        return add(into, packet, layers, fragmentLayer);
    }

    private FragmentAnswer drop(FragmentDrop reason) {
        tally.drop(reason, 1);
        return FragmentAnswer.DROPPED;
    }

    /** The first fragment header that makes this a piece; one that does not (RFC 6946) may come before. */
    private static int fragmentLayer(Packet packet, Layers layers) {
        int index = 0;
        while (index < layers.depth() && !isFragment(packet, layers, index)) index++;
        return index;
    }

    private static boolean isFragment(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        return layers.kind(index) == Layer.IPV6_FRAGMENT
                && (Ipv6Fragment.isMoreFragments(packet, at) || Ipv6Fragment.fragmentOffset(packet, at) != 0);
    }

    /** Finds the data of an IPv4 fragment and sets its key, or says what is wrong with it. */
    private @Nullable FragmentDrop locateIpv4(Packet packet, Layers layers) {
        int at = layers.networkAt();
        int headerLength = Ipv4.headerLength(packet, at);
        headerEnd = at + headerLength;
        dataAt = headerEnd;
        offset = Ipv4.fragmentOffset(packet, at);
        last = !Ipv4.isMoreFragments(packet, at);
        dataLength = Ipv4.totalLength(packet, at) - headerLength;
        long identity = (long) Ipv4.protocol(packet, at) << 32 | Ipv4.identification(packet, at);
        key(packet, layers, identity);
        return check(packet, headerLength);
    }

    private @Nullable FragmentDrop locateIpv6(Packet packet, Layers layers, int fragmentLayer) {
        if (fragmentLayer == layers.depth()) return FragmentDrop.MALFORMED;
        int at = layers.networkAt();
        headerEnd = layers.at(fragmentLayer);
        dataAt = headerEnd + Ipv6Fragment.LENGTH;
        offset = Ipv6Fragment.fragmentOffset(packet, headerEnd);
        last = !Ipv6Fragment.isMoreFragments(packet, headerEnd);
        int end = at + Ipv6.LENGTH + Ipv6.payloadLength(packet, at);
        dataLength = end - dataAt;
        key(packet, layers, Integer.toUnsignedLong(Ipv6Fragment.identification(packet, headerEnd)));
        return check(packet, headerEnd - at - Ipv6.LENGTH);
    }

    private void key(Packet packet, Layers layers, long identity) {
        table.key(
                layers.sourceHigh(),
                layers.sourceLow(),
                layers.destinationHigh(),
                layers.destinationLow(),
                (long) layers.ipVersion() << 56 | identity,
                settings.byVlan() ? KeyedTable.vlans(packet, layers) : 0);
    }

    /** @param before bytes that count into the length of the datagram besides its data */
    private @Nullable FragmentDrop check(Packet packet, int before) {
        if (dataLength <= 0 || !last && (dataLength & 7) != 0) return FragmentDrop.MALFORMED;
        int captured = packet.capturedLength();
        if (dataLength > Math.max(captured, packet.originalLength()) - dataAt) return FragmentDrop.MALFORMED;
        if (dataLength > captured - dataAt) return FragmentDrop.CUT;
        boolean fits = before + offset + dataLength <= MOST_DATAGRAM && headerEnd <= MOST_HEADER;
        return fits ? null : FragmentDrop.TOO_BIG;
    }

    private Datagram begin(Packet packet, boolean isIpv6) {
        if (table.count() == settings.datagrams()) {
            Datagram oldest = oldestBut(null);
            if (oldest != null) giveUp(oldest, FragmentDrop.EVICTED);
        }
        Datagram begun = spare.isEmpty() ? new Datagram(pool) : spare.removeLast();
        begun.reset(packet, isIpv6);
        table.add(begun);
        list(begun).putLast(begun, now);
        tally.begun++;
        tally.heldDatagrams++;
        return begun;
    }

    private TimeList<Datagram> list(Datagram datagram) {
        return datagram.ipv6 ? ipv6 : ipv4;
    }

    private FragmentAnswer add(Datagram into, Packet packet, Layers layers, int fragmentLayer) {
        long from = offset;
        long to = from + dataLength;
        arrival.memory = packet.memory();
        arrival.at = packet.start() + dataAt;
        arrival.from = from;
        arrival.to = to;
        arrival.sentFrom = from;
        arrival.sentTo = to;
        arrival.epochNanos = packet.epochNanos();
        arrival.number = packet.number();
        if (into.held.hasCopy(arrival)) return dropFrom(into, FragmentDrop.DUPLICATE);
        FragmentOverlap overlap = into.ipv6 ? settings.ipv6Overlap() : settings.ipv4Overlap();
        if (overlap == FragmentOverlap.DROP && into.held.overlaps(from, to)) {
            return refuse(into, FragmentDrop.OVERLAPPING);
        }
        boolean contradicts = into.total >= 0 && (last ? to != into.total : to > into.total);
        if (contradicts || last && to < into.held.end()) return dropFrom(into, FragmentDrop.CONTRADICTING_END);
        if (into.fragments == settings.fragments()) return refuse(into, FragmentDrop.TOO_MANY);
        if (!madeRoom(into)) return refuse(into, FragmentDrop.NO_ROOM);
        if (from == 0 && !into.hasHeader() && !keepHeader(into, packet, layers, fragmentLayer)) {
            return refuse(into, FragmentDrop.NO_ROOM);
        }
        into.held.add(arrival, overlap, Integer.MAX_VALUE);
        tally.equal += arrival.equal;
        tally.conflicting += arrival.conflicting;
        if (arrival.refused > 0) return refuse(into, FragmentDrop.NO_ROOM);
        if (last) into.total = to;
        into.fragments++;
        tally.heldFragments++;
        return into.isComplete() ? complete(into, packet) : FragmentAnswer.HELD;
    }

    /** Drops one fragment; a datagram that has no other is as if it had not begun. */
    private FragmentAnswer dropFrom(Datagram datagram, FragmentDrop reason) {
        if (datagram.fragments == 0) giveUp(datagram, reason);
        return drop(reason);
    }

    /** Gives up a datagram and all of its fragments still to come, until its time is over. */
    private FragmentAnswer refuse(Datagram datagram, FragmentDrop reason) {
        countOut(datagram, reason);
        datagram.release();
        datagram.refused = reason;
        return drop(reason);
    }

    private void countOut(Datagram datagram, FragmentDrop reason) {
        tally.drop(reason, datagram.fragments);
        tally.dropDatagram(reason);
        tally.heldFragments -= datagram.fragments;
        tally.heldDatagrams--;
    }

    private void giveUp(Datagram datagram, FragmentDrop reason) {
        if (datagram.refused == null) countOut(datagram, reason);
        forget(datagram);
    }

    private void forget(Datagram datagram) {
        datagram.release();
        list(datagram).remove(datagram);
        table.remove(datagram);
        spare.add(datagram);
    }

    private boolean madeRoom(Datagram into) {
        long needed = PiecePool.chunks(dataLength) + 2; // one for headers, one for a piece that is split
        while (pool.available() < needed) {
            Datagram oldest = oldestBut(into);
            if (oldest == null) return pool.available() >= needed - 2; // may still do; if not, it will be refused
            giveUp(oldest, FragmentDrop.EVICTED);
        }
        return true;
    }

    private @Nullable Datagram oldestBut(@Nullable Datagram spared) {
        Datagram four = firstBut(ipv4, spared);
        Datagram six = firstBut(ipv6, spared);
        if (four == null || six == null) return four == null ? six : four;
        return six.listedNanos < four.listedNanos ? six : four;
    }

    private static @Nullable Datagram firstBut(TimeList<Datagram> list, @Nullable Datagram spared) {
        Datagram first = list.first();
        return first == null || first != spared ? first : (Datagram) first.younger;
    }

    private boolean keepHeader(Datagram into, Packet packet, Layers layers, int fragmentLayer) {
        if (!into.keepHeader(packet, layers.networkAt(), headerEnd)) return false;
        if (into.ipv6) {
            int before = layers.at(fragmentLayer - 1);
            into.nextHeaderAt = before == layers.networkAt() ? before + IPV6_NEXT_HEADER : before;
            into.nextHeader = Ipv6Fragment.nextHeader(packet, headerEnd);
        }
        return true;
    }

    private FragmentAnswer complete(Datagram complete, Packet packet) {
        int network = complete.networkAt;
        int headerLength = complete.headerLength() - network;
        int length = headerLength + (int) complete.total - (complete.ipv6 ? Ipv6.LENGTH : 0);
        if (length > MOST_DATAGRAM) { // the first fragment has more headers than the last one knew
            tally.heldFragments--;
            complete.fragments--;
            return refuse(complete, FragmentDrop.TOO_BIG);
        }
        complete.writeTo(whole);
        int wholeLength = complete.headerLength() + (int) complete.total;
        datagram.moveTo(whole, 0, wholeLength, wholeLength, packet.epochNanos())
                .linkType(complete.linkType)
                .from(complete.file, complete.firstNumber);
        if (complete.ipv6) {
            whole.set(U16, network + IPV6_LENGTH, (short) length);
            whole.set(ValueLayout.JAVA_BYTE, complete.nextHeaderAt, (byte) complete.nextHeader);
        } else {
            whole.set(U16, network + IPV4_LENGTH, (short) length);
            whole.set(U16, network + IPV4_FRAGMENT, (short) (whole.get(U16, network + IPV4_FRAGMENT) & DONT_FRAGMENT));
            whole.set(U16, network + IPV4_CHECKSUM, (short) 0);
            whole.set(
                    U16, network + IPV4_CHECKSUM, (short) Checksum.fold(Checksum.sum(datagram, network, headerLength)));
        }
        tally.completedFragments += complete.fragments;
        tally.completedDatagrams++;
        tally.heldFragments -= complete.fragments;
        tally.heldDatagrams--;
        forget(complete);
        return FragmentAnswer.COMPLETED;
    }

    /**
     * The datagram that was completed last; means something after {@link FragmentAnswer#COMPLETED} and is valid until the
     * next {@link #offer}. It has the link header of the fragment at offset 0, that fragment's IP header with length,
     * fragment fields and checksum set right, or in IPv6 without the fragment header; the time of the fragment that
     * completed it, and the file and number of the one that was first seen.
     */
    public Packet datagram() {
        return datagram;
    }

    /** Says that it is {@code epochNanos} now, for who knows without a packet, and gives up what waited too long. */
    public void advance(long epochNanos) {
        if (epochNanos > now) now = epochNanos;
        giveUpOverdue(ipv4, ipv4Nanos);
        giveUpOverdue(ipv6, ipv6Nanos);
    }

    private void giveUpOverdue(TimeList<Datagram> list, long timeoutNanos) {
        for (Datagram old = list.overdue(now, timeoutNanos); old != null; old = list.overdue(now, timeoutNanos)) {
            giveUp(old, FragmentDrop.TIMED_OUT);
        }
    }

    /** Gives up all incomplete datagrams, as the input has ended. May begin anew with other packets. */
    public void finish() {
        for (Datagram oldest = oldestBut(null); oldest != null; oldest = oldestBut(null)) {
            giveUp(oldest, FragmentDrop.UNFINISHED);
        }
    }

    /** Fragments so far that did not become part of a datagram for that reason. */
    public long dropped(FragmentDrop reason) {
        return tally.dropped(reason);
    }

    /** Bytes so far that came again in overlaps that were accepted, with the same content or another. */
    public long overlappingBytes() {
        return tally.equal + tally.conflicting;
    }

    /** The accounts as they stand now. Allocates. */
    public FragmentStatistics statistics() {
        return tally.statistics((long) pool.used() * PiecePool.CHUNK);
    }
}
