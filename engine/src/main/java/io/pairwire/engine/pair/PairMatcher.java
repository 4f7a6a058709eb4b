package io.pairwire.engine.pair;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.InternalNetworks;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.Pairing;
import io.pairwire.engine.RequestSide;
import io.pairwire.engine.ShardMatcher;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.UnmatchedStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/** Pairs two packets with swapped addresses and ports and the same payload. */
public final class PairMatcher implements Matcher {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int TCP_SEQUENCE = 4;

    private static final int IPV6 = 1;
    private static final int FROM_INSIDE = 2;
    private static final int TO_INSIDE = 4;

    private final Pairing pairing;
    private RequestSide requestSide;
    private InternalNetworks internal;
    private final int hashBytes;
    private long expiryNanos;
    private final PairKey key;

    /**
     * @param settings pairing, request side, internal networks, expiry and bytes to hash
     * @param random where the secrets of the key come from
     */
    public PairMatcher(EngineSettings settings, RandomGenerator random) {
        this.pairing = settings.pairing();
        this.requestSide = settings.requestSide();
        this.internal = new InternalNetworks(settings.internal());
        this.hashBytes = settings.hashBytes();
        this.expiryNanos = settings.expiry().toNanos();
        this.key = new PairKey(random);
    }

    @Override
    public Eligibility describe(Packet packet, Layers layers, PacketBatch batch) {
        if (layers.verdict() != Verdict.OK) return Eligibility.of(layers.verdict());
        if (!layers.isIp()) return Eligibility.NOT_IP;
        if (layers.isFragment()) return Eligibility.FRAGMENT;
        int transport = layers.transport();
        if (transport != TCP && transport != UDP) return Eligibility.NO_TRANSPORT;
        int length = layers.payloadLength();
        if (length == 0) return Eligibility.NO_PAYLOAD;
        int hashed = hashBytes == 0 ? length : Math.min(length, hashBytes);
        if (layers.payloadCaptured() < hashed) return Eligibility.TRUNCATED;
        if (!packet.hasTime()) return Eligibility.NO_TIME;

        boolean tcp = transport == TCP;
        boolean ipv6 = layers.ipVersion() == 6;
        long sourceLow = layers.sourceLow();
        long destinationLow = layers.destinationLow();
        int sourcePort = layers.sourcePort();
        int destinationPort = layers.destinationPort();
        long sourceHigh = ipv6 ? layers.sourceHigh() : 0;
        long destinationHigh = ipv6 ? layers.destinationHigh() : 0;

        int order = ipv6
                ? compare(sourceHigh, sourceLow, sourcePort, destinationHigh, destinationLow, destinationPort)
                : Long.compare(sourceLow << 16 | sourcePort, destinationLow << 16 | destinationPort);
        boolean loopback = order == 0;
        boolean downward = order > 0;
        if (loopback && pairing == Pairing.FLIP) {
            // Without a direction the protocols alone tell the two sides of a gateway apart.
            loopback = false;
            downward = tcp;
        }
        long kind = (long) length << 8 | pairingClass(tcp, downward);
        if (!ipv6) {
            long source = sourceLow << 16 | sourcePort;
            long destination = destinationLow << 16 | destinationPort;
            key.begin(Math.min(source, destination), Math.max(source, destination), kind);
        } else if (downward) {
            key.begin(destinationHigh, destinationLow, destinationPort, sourceHigh, sourceLow, sourcePort, kind);
        } else {
            key.begin(sourceHigh, sourceLow, sourcePort, destinationHigh, destinationLow, destinationPort, kind);
        }
        key.payload(packet, layers.payloadAt(), hashed);

        batch.key(key.low(), key.high(), key.flow());
        batch.identity(
                PacketReference.of(packet.file(), packet.number(), tcp, downward, loopback),
                tcp ? packet.u32(layers.transportAt() + TCP_SEQUENCE) : 0);
        if (batch.keepsEndpoints()) {
            batch.endpoints(sourceHigh, sourceLow, destinationHigh, destinationLow, sourcePort << 16 | destinationPort);
        } else if (requestSide == RequestSide.EARLIER) {
            return Eligibility.ELIGIBLE; // nobody will ask which side is inside
        }
        batch.mark((ipv6 ? IPV6 : 0)
                | (isInternal(ipv6, sourceHigh, sourceLow) ? FROM_INSIDE : 0)
                | (isInternal(ipv6, destinationHigh, destinationLow) ? TO_INSIDE : 0));
        return Eligibility.ELIGIBLE;
    }

    /** Packets of different classes never pair; those that may, have the same class. */
    private int pairingClass(boolean tcp, boolean downward) {
        return switch (pairing) {
            case ANY -> 0;
            case SAME -> tcp ? 1 : 2;
            case FLIP -> tcp ^ downward ? 1 : 2;
        };
    }

    private static int compare(long oneHigh, long oneLow, int onePort, long otherHigh, long otherLow, int otherPort) {
        int high = Long.compareUnsigned(oneHigh, otherHigh);
        if (high != 0) return high;
        int low = Long.compareUnsigned(oneLow, otherLow);
        return low != 0 ? low : Integer.compare(onePort, otherPort);
    }

    private boolean isInternal(boolean ipv6, long high, long low) {
        return ipv6 ? internal.containsIpv6(high, low) : internal.containsIpv4(low);
    }

    @Override
    public ShardMatcher shard(UnmatchedStore store) {
        return new PairShard(store, expiryNanos);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        key.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        key.restore(in);
    }

    @Override
    public void change(EngineSettings settings) {
        internal = new InternalNetworks(settings.internal());
        requestSide = settings.requestSide();
        expiryNanos = settings.expiry().toNanos();
    }

    @Override
    public long latencyNanos(PacketBatch batch, int index) {
        long difference = batch.epochNanos(index) - batch.partnerEpochNanos(index);
        return partnerAsks(batch, index) ? difference : -difference;
    }

    /** Is the packet that waited the request, rather than the one that completed the pair? */
    private boolean partnerAsks(PacketBatch batch, int index) {
        int sides = batch.traits(index) & (FROM_INSIDE | TO_INSIDE);
        boolean oneInside = sides == FROM_INSIDE || sides == TO_INSIDE;
        if (requestSide == RequestSide.EARLIER || !oneInside) {
            return batch.partnerEpochNanos(index) <= batch.epochNanos(index);
        }
        boolean fromInside = sides == FROM_INSIDE;
        return requestSide == RequestSide.EXTERNAL == fromInside;
    }

    @Override
    public void read(PacketBatch batch, int index, IntFunction<String> fileName, MatchedPair pair) {
        boolean partnerAsks = partnerAsks(batch, index);
        long epochNanos = batch.epochNanos(index);
        long partnerEpochNanos = batch.partnerEpochNanos(index);
        long reference = batch.reference(index);
        long partner = batch.partnerReference(index);
        int traits = batch.traits(index);
        int ports = batch.ports(index);
        if (partnerAsks) {
            pair.client(batch.destinationHigh(index), batch.destinationLow(index), ports & 0xffff);
            pair.server(batch.sourceHigh(index), batch.sourceLow(index), ports >>> 16);
            pair.request(name(fileName, partner), PacketReference.number(partner), protocol(partner));
            pair.response(name(fileName, reference), PacketReference.number(reference), protocol(reference));
            pair.files(PacketReference.file(partner), PacketReference.file(reference));
            pair.times(partnerEpochNanos, batch.partnerLastEpochNanos(index), epochNanos);
        } else {
            pair.client(batch.sourceHigh(index), batch.sourceLow(index), ports >>> 16);
            pair.server(batch.destinationHigh(index), batch.destinationLow(index), ports & 0xffff);
            pair.request(name(fileName, reference), PacketReference.number(reference), protocol(reference));
            pair.response(name(fileName, partner), PacketReference.number(partner), protocol(partner));
            pair.files(PacketReference.file(reference), PacketReference.file(partner));
            pair.times(epochNanos, epochNanos, partnerEpochNanos);
        }
        boolean inbound = (traits & (FROM_INSIDE | TO_INSIDE)) == (partnerAsks ? FROM_INSIDE : TO_INSIDE);
        boolean reordered = !partnerAsks && partnerEpochNanos > epochNanos; // the later packet was read first
        pair.traits((traits & IPV6) != 0, inbound, PacketReference.isRetransmitted(partner), reordered);
    }

    private static String name(IntFunction<String> fileName, long reference) {
        return fileName.apply(PacketReference.file(reference));
    }

    private static int protocol(long reference) {
        return PacketReference.isTcp(reference) ? TCP : UDP;
    }
}
