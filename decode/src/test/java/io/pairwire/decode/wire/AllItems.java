package io.pairwire.decode.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;

/** Walks every kind of list through a packet and reads every field of every item. */
public final class AllItems {
    private static long sink;

    private AllItems() {}

    /** From the first byte on, as each header that its check accepts. */
    public static void walkAll(Packet packet) {
        int length = packet.capturedLength();
        if (Tcp.check(packet, 0, length) == Verdict.OK) walk(new TcpOptions().moveTo(packet, 0));
        if (Ipv4.check(packet, 0, length) == Verdict.OK) walk(new Ipv4Options().moveTo(packet, 0));
        if (Ipv6Extension.check(packet, 0, length) == Verdict.OK) walk(new Ipv6Options().moveTo(packet, 0));
        if (Geneve.check(packet, 0, length) == Verdict.OK) walk(new GeneveOptions().moveTo(packet, 0));
        if (GtpU.check(packet, 0, length) == Verdict.OK) walk(new GtpExtensions().moveTo(packet, 0));
        walk(new SctpChunks().moveTo(packet, 0, length, length));
    }

    /** How many items there are. */
    public static int walk(Items items) {
        int steps = 0;
        int before = -1;
        while (items.next()) {
            assertTrue(items.at() > before, "goes on");
            before = items.at();
            read(items);
            steps++;
        }
        return steps;
    }

    private static void read(Items items) {
        sink += items.type() + items.length();
        switch (items) {
            case TcpOptions option -> tcp(option);
            case Ipv4Options option -> ipv4(option);
            case Ipv6Options option -> ipv6(option);
            case SctpChunks chunk -> sctp(chunk);
            case GeneveOptions option ->
                sink += option.optionClass() + bytes(option.packet, option.bodyAt(), option.bodyLength());
            case GtpExtensions extension ->
                sink += extension.qosFlow() + bytes(extension.packet, extension.bodyAt(), extension.bodyLength());
        }
    }

    private static long bytes(Packet packet, int at, int length) {
        assertTrue(length >= 0, "length " + length);
        return Checksum.sum(packet, at, length);
    }

    private static void tcp(TcpOptions option) {
        switch (option.type()) {
            case TcpOptions.MAXIMUM_SEGMENT_SIZE -> sink += option.maximumSegmentSize();
            case TcpOptions.WINDOW_SCALE -> sink += option.windowScale();
            case TcpOptions.SACK -> {
                for (int i = 0; i < option.sackBlocks(); i++) sink += option.sackLeft(i) + option.sackRight(i);
            }
            case TcpOptions.TIMESTAMPS -> sink += option.timestamp() + option.timestampEcho();
            case TcpOptions.USER_TIMEOUT -> sink += option.userTimeout();
            case TcpOptions.AUTHENTICATION -> sink += option.authenticationKey();
            case TcpOptions.MULTIPATH -> sink += option.multipathSubtype();
            case TcpOptions.FAST_OPEN -> sink += option.fastOpenCookieLength();
            case TcpOptions.EXPERIMENT_1, TcpOptions.EXPERIMENT_2 -> sink += option.experiment();
            default -> {}
        }
    }

    private static void ipv4(Ipv4Options option) {
        switch (option.type()) {
            case Ipv4Options.RECORD_ROUTE, Ipv4Options.LOOSE_ROUTE, Ipv4Options.STRICT_ROUTE -> {
                sink += option.pointer();
                for (int i = 0; i < option.addresses(); i++) sink += option.address(i);
            }
            case Ipv4Options.TIMESTAMP -> sink += option.pointer() + option.overflow() + option.timestampFlag();
            case Ipv4Options.ROUTER_ALERT -> sink += option.alert();
            default -> {}
        }
    }

    private static void ipv6(Ipv6Options option) {
        switch (option.type()) {
            case Ipv6Options.ROUTER_ALERT -> sink += option.alert();
            case Ipv6Options.JUMBO_PAYLOAD -> sink += option.jumboLength();
            case Ipv6Options.HOME_ADDRESS -> sink += option.homeAddressHigh() + option.homeAddressLow();
            default -> {}
        }
    }

    private static void sctp(SctpChunks chunk) {
        sink += chunk.flags() + chunk.chunkLength() + bytes(chunk.packet, chunk.bodyAt(), chunk.bodyLength());
        if (chunk.type() == SctpChunks.DATA || chunk.type() == SctpChunks.I_DATA) {
            sink += chunk.transmissionSequence() + chunk.stream() + chunk.streamSequence() + chunk.payloadProtocol();
        }
    }
}
