package io.pairwire.dpi.quic;

import io.pairwire.dpi.bytes.ByteCursor;
import io.pairwire.dpi.bytes.Reassembly;
import io.pairwire.dpi.tls.ClientHello;
import io.pairwire.dpi.tls.HandshakeHandler;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Initial packets of one connection, <a href="https://www.rfc-editor.org/rfc/rfc9000">RFC 9000</a> §17.2.2: opens them,
 * puts the CRYPTO frames of each direction together (§19.6), and hands over the handshake messages.
 *
 * <p>Packets may come in any order, several in a datagram; a packet that does not open is left alone. Holds at most
 * {@value #MOST} bytes for each direction. Not thread-safe.
 */
public final class QuicHandshake {
    /** Bytes of handshake that are put together for each direction. */
    public static final int MOST = 16 * 1024;

    /** Initial packets that are tried to open for each direction: a bound on work that a handshake never reaches. */
    public static final int MOST_PACKETS = 32;

    private static final int TAG = 16;
    private static final int MESSAGE_HEADER = 4;
    private static final int LONGEST_ID = 20;
    private static final int[] GOOGLE_LENGTHS = {1, 2, 4, 6};
    private static final int SHORTEST_FIRST = 1200;

    private final HandshakeHandler handler;
    private final Side client = new Side();
    private final Side server = new Side();
    private @Nullable QuicVersion serverVersion;
    private byte[] serverDestination = {};

    private static final class Side {
        private final Reassembly crypto = new Reassembly(MOST);
        private @Nullable InitialKeys keys;
        private int tried;
        private int handedOver;
    }

    public QuicHandshake(HandshakeHandler handler) {
        this.handler = handler;
    }

    /**
     * Takes a datagram.
     *
     * @return how many Initial packets opened
     */
    public int offer(ByteCursor datagram, boolean fromClient) {
        int opened = 0;
        while (datagram.remaining() > 7 && (datagram.peek(0) & 0x80) != 0) {
            var packet = datagram.rest();
            var header = LongHeader.read(packet);
            if (header == null) break;
            datagram.skip(header.end() - datagram.position());
            if (header.isInitial() && open(header, packet, fromClient)) opened++;
        }
        return opened;
    }

    private boolean open(LongHeader header, ByteCursor packet, boolean fromClient) {
        var side = fromClient ? client : server;
        if (side.tried >= MOST_PACKETS) return false;
        side.tried++;
        if (!fromClient && side.keys == null && serverVersion != null) {
            side.keys = InitialKeys.of(serverVersion, serverDestination, false);
        }
        byte[] clear = side.keys == null ? null : header.open(packet, side.keys);
        if (clear == null && fromClient) clear = openAsFirst(header, packet);
        if (clear == null) return false;
        frames(new ByteCursor(clear), side);
        return true;
    }

    /** The first packet of the client, or one after a Retry (RFC 9001 §5.2): its own destination makes the keys of both. */
    private byte @Nullable [] openAsFirst(LongHeader header, ByteCursor packet) {
        for (var version : header.versions()) {
            var keys = InitialKeys.of(version, header.destination(), true);
            byte[] clear = header.open(packet, keys);
            if (clear == null) continue;
            client.keys = keys;
            serverVersion = version;
            serverDestination = header.destination();
            server.keys = null; // made when it answers
            return clear;
        }
        return null;
    }

    private void frames(ByteCursor frames, Side side) {
        while (frames.hasMore()) {
            int type = frames.u8();
            switch (type) {
                case 0x00, 0x01 -> {} // PADDING, PING
                case 0x02, 0x03 -> acknowledgement(frames, type == 0x03);
                case 0x06, 0x08 -> { // CRYPTO; Google's had the other number, which nothing else here may bear
                    long at = VariableInteger.read(frames);
                    side.crypto.put(at, frames.sliceUpTo(VariableInteger.read(frames)));
                }
                default -> {
                    if ((type & 0xc0) == 0x40) {
                        googleAcknowledgement(frames, type);
                        continue;
                    }
                    handOver(side); // CONNECTION_CLOSE, or nothing that belongs here: the rest says nothing
                    return;
                }
            }
        }
        handOver(side);
    }

    /** RFC 9000 §19.3. */
    private static void acknowledgement(ByteCursor frames, boolean withCongestion) {
        VariableInteger.read(frames); // largest
        VariableInteger.read(frames); // delay
        long ranges = VariableInteger.read(frames);
        VariableInteger.read(frames); // first range
        for (long i = 0; i < ranges && frames.hasMore(); i++) {
            VariableInteger.read(frames);
            VariableInteger.read(frames);
        }
        if (withCongestion) for (int i = 0; i < 3; i++) VariableInteger.read(frames);
    }

    /** As Google's versions have it: bits of the type tell how long the numbers are, and whether there are more ranges. */
    private static void googleAcknowledgement(ByteCursor frames, int type) {
        frames.skip(GOOGLE_LENGTHS[type >> 2 & 3]); // largest
        frames.skip(2); // delay
        int ranges = (type & 0x20) == 0 ? 0 : frames.u8();
        int rangeLength = GOOGLE_LENGTHS[type & 3];
        frames.skip(rangeLength + ranges * (1 + rangeLength));
        int timestamps = frames.u8();
        if (timestamps > 0) frames.skip(5 + 3 * (timestamps - 1));
    }

    private void handOver(Side side) {
        int there = side.crypto.contiguous();
        while (there - side.handedOver >= MESSAGE_HEADER) {
            var messages = side.crypto.cursor(there);
            messages.skip(side.handedOver);
            int type = messages.u8();
            int length = messages.u24();
            if (messages.remaining() < length) return;
            handler.message(type, messages.slice(length));
            side.handedOver += MESSAGE_HEADER + length;
        }
    }

    /** What there is of a client's hello that is still on its way, already failed; nothing before or after. */
    public Optional<ByteCursor> unfinishedHello() {
        int there = client.crypto.contiguous();
        if (client.handedOver != 0 || there <= MESSAGE_HEADER) return Optional.empty();
        var messages = client.crypto.cursor(there);
        if (messages.u8() != ClientHello.TYPE) return Optional.empty();
        return Optional.of(messages.sliceUpTo(messages.u24()));
    }

    /** Is the datagram QUIC's, by its first packet: a long header of a version that is known, with lengths that hold? */
    public static boolean isLongHeader(ByteCursor datagram) {
        int version = datagram.peek(1) << 24 | datagram.peek(2) << 16 | datagram.peek(3) << 8 | datagram.peek(4);
        boolean known = !QuicVersion.isReserved(version) && LongHeader.read(datagram.rest()) != null;
        return known || isNegotiation(datagram) || isOfReservedVersion(datagram);
    }

    /** A client that forces a negotiation, RFC 9000 §15: a version nobody speaks, in a datagram as long as a first one is. */
    private static boolean isOfReservedVersion(ByteCursor datagram) {
        var packet = datagram.rest();
        boolean reserved = (packet.u8() & 0x80) != 0 && (packet.u32() & 0x0f0f0f0fL) == 0x0a0a0a0aL;
        int destination = packet.u8();
        packet.skip(destination);
        int source = packet.u8();
        packet.skip(source);
        boolean plausible = !packet.failed() && destination >= 8 && destination <= LONGEST_ID && source <= LONGEST_ID;
        return reserved && plausible && datagram.remaining() >= SHORTEST_FIRST;
    }

    /** A server that lists its versions, RFC 9000 §17.2.1. */
    private static boolean isNegotiation(ByteCursor datagram) {
        var packet = datagram.rest();
        boolean negotiates = (packet.u8() & 0x80) != 0 && packet.u32() == 0;
        int destination = packet.u8();
        packet.skip(destination);
        int source = packet.u8();
        packet.skip(source);
        if (!negotiates || packet.failed() || destination > LONGEST_ID || source > LONGEST_ID) return false;
        if (packet.remaining() < 4 || packet.remaining() % 4 != 0) return false;
        while (packet.hasMore()) {
            int offered = (int) packet.u32();
            if (QuicVersion.of(offered).isPresent()) return true;
        }
        return false;
    }

    /** A long header, RFC 9000 §17.2. */
    private record LongHeader(
            List<QuicVersion> versions, boolean isInitial, byte[] destination, int start, int number, int end) {

        static @Nullable LongHeader read(ByteCursor packet) {
            int start = packet.position();
            int first = packet.u8();
            if ((first & 0xc0) != 0xc0) return null;
            var versions = QuicVersion.candidates((int) packet.u32());
            int destinationLength = packet.u8();
            if (versions.isEmpty() || destinationLength > LONGEST_ID) return null;
            byte[] destination = packet.bytes(destinationLength);
            int sourceLength = packet.u8();
            if (sourceLength > LONGEST_ID) return null;
            packet.skip(sourceLength);
            int type = (first >> 4 & 3) - versions.getFirst().initialType & 3;
            if (type == 3) return null; // Retry: no length, and nothing behind it
            if (type == 0) packet.skip(VariableInteger.read(packet)); // token
            long length = VariableInteger.read(packet);
            if (packet.failed() || length > packet.remaining() || length < 4 + InitialKeys.SAMPLE) return null;
            int number = packet.position();
            return new LongHeader(versions, type == 0, destination, start, number, number + (int) length);
        }

        /** RFC 9001 §5.4: takes the mask off the header, then opens the rest. */
        byte @Nullable [] open(ByteCursor packet, InitialKeys keys) {
            byte[] sample = packet.range(number + 4, InitialKeys.SAMPLE).bytes(InitialKeys.SAMPLE);
            byte[] mask = keys.mask(sample);
            int first = packet.range(start, 1).u8() ^ mask[0] & 0x0f;
            int numberLength = (first & 3) + 1;
            byte[] clearHeader =
                    packet.range(start, number - start + numberLength).bytes(number - start + numberLength);
            clearHeader[0] = (byte) first;
            long packetNumber = 0;
            int numberAt = clearHeader.length - numberLength;
            for (int i = 0; i < numberLength; i++) {
                clearHeader[numberAt + i] ^= mask[1 + i];
                packetNumber = packetNumber << 8 | clearHeader[numberAt + i] & 0xff;
            }
            int sealedAt = number + numberLength;
            if (end - sealedAt < TAG) return null;
            byte[] sealed = packet.range(sealedAt, end - sealedAt).bytes(end - sealedAt);
            return keys.open(clearHeader, sealed, packetNumber).orElse(null);
        }
    }
}
