package io.pairwire.engine.analyse;

import static io.pairwire.engine.analyse.ByteFields.putAll;
import static io.pairwire.engine.analyse.ByteFields.takeAll;
import static io.pairwire.engine.analyse.ByteFields.takeOne;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** Who talked, as bytes and back. */
final class TalkBytes {
    private TalkBytes() {}

    static void put(LayerTalk talk, DataOutputStream to) throws IOException {
        to.writeInt(talk.layer().ordinal());
        to.writeLong(talk.conversations());
        to.writeLong(talk.endpoints());
        putAll(talk.topConversations(), TalkBytes::put, to);
        putAll(talk.topEndpoints(), TalkBytes::put, to);
    }

    static LayerTalk takeLayer(DataInputStream from) throws IOException {
        return new LayerTalk(
                takeOne(TalkLayer.values(), from),
                from.readLong(),
                from.readLong(),
                takeAll(TalkBytes::takeConversation, from),
                takeAll(TalkBytes::takeEndpoint, from));
    }

    private static void put(End end, DataOutputStream to) throws IOException {
        to.writeByte(end.ipVersion());
        to.writeLong(end.high());
        to.writeLong(end.low());
        to.writeShort(end.port());
    }

    private static End takeEndOf(DataInputStream from) throws IOException {
        int version = from.readByte();
        if (version != 0 && version != 4 && version != 6) throw new IOException("no version of IP: " + version);
        return new End(version, from.readLong(), from.readLong(), from.readUnsignedShort());
    }

    private static void put(Conversation talk, DataOutputStream to) throws IOException {
        to.writeInt(talk.layer().ordinal());
        put(talk.originator(), to);
        put(talk.responder(), to);
        for (long count : List.of(
                talk.packetsOut(),
                talk.bytesOut(),
                talk.packetsIn(),
                talk.bytesIn(),
                talk.firstNanos(),
                talk.lastNanos(),
                talk.firstPacket(),
                talk.stream(),
                talk.sessions(),
                talk.retransmissions(),
                talk.handshakeNanos())) {
            to.writeLong(count);
        }
    }

    private static Conversation takeConversation(DataInputStream from) throws IOException {
        return new Conversation(
                takeOne(TalkLayer.values(), from),
                takeEndOf(from),
                takeEndOf(from),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong());
    }

    static void put(Endpoint endpoint, DataOutputStream to) throws IOException {
        to.writeInt(endpoint.layer().ordinal());
        put(endpoint.end(), to);
        for (long count : List.of(
                endpoint.packetsOut(),
                endpoint.bytesOut(),
                endpoint.packetsIn(),
                endpoint.bytesIn(),
                endpoint.sessions(),
                endpoint.retransmissions(),
                endpoint.firstNanos(),
                endpoint.lastNanos())) {
            to.writeLong(count);
        }
    }

    static Endpoint takeEndpoint(DataInputStream from) throws IOException {
        return new Endpoint(
                takeOne(TalkLayer.values(), from),
                takeEndOf(from),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong());
    }
}
