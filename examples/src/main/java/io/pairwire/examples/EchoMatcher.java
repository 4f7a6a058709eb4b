package io.pairwire.examples;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Icmp;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.ShardMatcher;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.UnmatchedStore;
import java.util.function.IntFunction;

/**
 * Another kind of matching: an echo of ICMP for IPv4 and its reply, paired by addresses, identifier and sequence number;
 * the latency is that of ping. Shows the three parts of a matcher: describe, pair, and tell.
 */
public final class EchoMatcher implements Matcher {
    private static final int REPLY = 0;
    private static final int REQUEST = 8;

    @Override
    public Eligibility describe(Packet packet, Layers layers, PacketBatch batch) {
        if (layers.verdict() != Verdict.OK) return Eligibility.of(layers.verdict());
        if (!layers.isIp()) return Eligibility.NOT_IP;
        if (layers.isFragment()) return Eligibility.FRAGMENT;
        int last = layers.depth() - 1;
        if (layers.kind(last) != Layer.ICMP) return Eligibility.NO_TRANSPORT;
        int at = layers.at(last);
        int type = Icmp.type(packet, at);
        boolean reply = type == REPLY;
        if (!reply && type != REQUEST) return Eligibility.NO_TRANSPORT;

        long source = layers.sourceLow();
        long destination = layers.destinationLow();
        long flow = reply ? destination << 32 | source : source << 32 | destination; // as the request goes
        batch.key(flow, packet.u32(at + 4), flow * 0x9e37_79b9_7f4a_7c15L);
        // The direction tells requests from replies, so that two requests never pair.
        batch.identity(PacketReference.of(packet.file(), packet.number(), false, reply, false), 0);
        batch.endpoints(0, source, 0, destination, 0);
        return Eligibility.ELIGIBLE;
    }

    @Override
    public ShardMatcher shard(UnmatchedStore store) {
        return ShardMatcher.byKey(store);
    }

    private static boolean isReply(PacketBatch batch, int index) {
        return PacketReference.isDownward(batch.reference(index));
    }

    @Override
    public long latencyNanos(PacketBatch batch, int index) {
        long difference = batch.epochNanos(index) - batch.partnerEpochNanos(index);
        return isReply(batch, index) ? difference : -difference;
    }

    @Override
    public void read(PacketBatch batch, int index, IntFunction<String> fileName, MatchedPair pair) {
        boolean reply = isReply(batch, index);
        long request = reply ? batch.partnerReference(index) : batch.reference(index);
        long response = reply ? batch.reference(index) : batch.partnerReference(index);
        long requested = reply ? batch.partnerEpochNanos(index) : batch.epochNanos(index);
        pair.client(0, reply ? batch.destinationLow(index) : batch.sourceLow(index), 0);
        pair.server(0, reply ? batch.sourceLow(index) : batch.destinationLow(index), 0);
        pair.request(name(fileName, request), PacketReference.number(request), IpProtocol.ICMP);
        pair.response(name(fileName, response), PacketReference.number(response), IpProtocol.ICMP);
        pair.times(requested, requested, requested + latencyNanos(batch, index));
        pair.traits(false, false, false, !reply); // a request that completes a pair was read after its reply
    }

    private static String name(IntFunction<String> fileName, long reference) {
        return fileName.apply(PacketReference.file(reference));
    }
}
