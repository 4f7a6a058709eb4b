package io.pairwire.engine.dedup;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.engine.content.ContentHash;
import io.pairwire.engine.content.PacketContent;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/**
 * A hash of what two copies of a frame must have in common: all captured bytes and the lengths, without what is ignored.
 * Not thread-safe.
 */
final class FrameKey {
    /** Headers are looked for there; what lies behind is hashed in place. */
    private static final int HEADERS = 256;

    private static final byte[] NO_ADDRESSES = new byte[Ethernet.LENGTH - 2];

    private final ContentHash hash;
    private final Set<Ignored> ignored;
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private final PacketContent content;
    private final Packet edited = new Packet();
    private final MemorySegment headers = MemorySegment.ofArray(new byte[HEADERS]);

    FrameKey(ContentHash hash, Set<Ignored> ignored) {
        this.hash = hash;
        this.ignored = ignored;
        content = new PacketContent(hash, 1); // the payload is not asked for
    }

    boolean isExact() {
        return ignored.isEmpty();
    }

    long of(Packet packet) {
        int captured = packet.capturedLength();
        if (isExact()) return hash.bytes(packet, 0, captured, captured);
        decoder.decode(packet, layers);
        content.read(packet, layers);
        int end = captured;
        if (ignored.contains(Ignored.FCS) && layers.isIp())
            end = Math.min(end, content.payloadAt() + content.payloadLength());
        int length = Math.min(end, HEADERS);
        MemorySegment.copy(packet.memory(), packet.start(), headers, 0, length);
        blank(length);
        int from = withoutTags(packet, length);
        edited.moveTo(headers, from, length - from, length - from, 0);
        long head = hash.bytes(edited, 0, length - from, end - from);
        return hash.of(head, hash.bytes(packet, length, end - length, 0));
    }

    private void blank(int length) {
        int network = layers.networkAt();
        boolean ipv4 = layers.ipVersion() == 4;
        if (ignored.contains(Ignored.TTL) && layers.isIp()) {
            set(network + (ipv4 ? 8 : 7), length);
            if (ipv4) set16(network + 10, length);
        }
        if (!ignored.contains(Ignored.CHECKSUM)) return;
        if (ipv4) set16(network + 10, length);
        if (layers.transport() == IpProtocol.TCP) set16(layers.transportAt() + 16, length);
        if (layers.transport() == IpProtocol.UDP) set16(layers.transportAt() + 6, length);
    }

    /** Takes MAC addresses and tags off as far as they are ignored; where the frame then begins. */
    private int withoutTags(Packet packet, int length) {
        if (packet.linkType() != LinkType.ETHERNET || length < Ethernet.LENGTH) return 0;
        if (ignored.contains(Ignored.MAC)) {
            MemorySegment.copy(NO_ADDRESSES, 0, headers, ValueLayout.JAVA_BYTE, 0, NO_ADDRESSES.length);
        }
        if (!ignored.contains(Ignored.VLAN)) return 0;
        int tags = 0;
        while (1 + tags < layers.depth() && layers.kind(1 + tags) == Layer.VLAN) tags++;
        int from = 4 * tags;
        if (from == 0 || from + Ethernet.LENGTH > length) return 0;
        MemorySegment.copy(headers, 0, headers, from, Ethernet.LENGTH - 2);
        return from;
    }

    private void set(int at, int length) {
        if (at < length) headers.set(ValueLayout.JAVA_BYTE, at, (byte) 0);
    }

    private void set16(int at, int length) {
        set(at, length);
        set(at + 1, length);
    }

    /** The fields that are ignored, in one word, so that copies can be told apart: TTL, tag, MAC addresses, checksums. */
    long facts() {
        if (isExact()) return 0;
        long sums = hash.of(content.networkChecksum(), content.transportChecksum()) >>> 48;
        long macs = content.macs() >>> 48;
        return (long) content.ttl() << 56 | (long) (content.vlan() & 0xffff) << 32 | macs << 16 | sums;
    }

    /** Does the segment occupy sequence numbers of TCP? */
    boolean isSendable(Packet packet) {
        if (isExact()) {
            decoder.decode(packet, layers);
        }
        if (layers.transport() != IpProtocol.TCP || layers.isFragment()) return false;
        int flags = packet.u8(layers.transportAt() + 13);
        return layers.payloadLength() > 0 || (flags & 0b011) != 0;
    }
}
