package io.pairwire.output.print;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.output.print.summary.Dump;
import io.pairwire.output.print.summary.SummaryPrinter;
import io.pairwire.output.print.summary.SummaryStyle;
import io.pairwire.output.print.summary.TimeStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Packets of tests, and what printers make of them. The memory of each packet ends where the packet ends. */
final class Printed {
    /** 2026-01-31T12:00:00.000001002Z. */
    static final long NOON = 1_769_860_800_000_001_002L;

    private Printed() {}

    static Packet packet(byte[] frame, int linkType) {
        return packet(frame, frame.length, linkType);
    }

    static Packet packet(byte[] frame, int originalLength, int linkType) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, originalLength, NOON)
                .linkType(linkType)
                .from(0, 1);
    }

    static Packet ethernet(byte[] frame) {
        return packet(frame, LinkType.ETHERNET);
    }

    static Packet cut(byte[] frame, int captured) {
        return packet(Arrays.copyOf(frame, captured), frame.length, LinkType.ETHERNET);
    }

    static String by(PacketPrinter printer, Packet... packets) {
        var out = new ByteArrayOutputStream();
        try (var printed = new PrintedPackets(Channels.newChannel(out), printer)) {
            for (Packet packet : packets) printed.print(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The line, or lines, of packets in that style. */
    static String lines(SummaryStyle style, Packet... packets) {
        return by(new SummaryPrinter(style, _ -> 6), packets);
    }

    /** The line of one packet without its time, in the style of {@code tcpdump -n -t}. */
    static String line(Packet packet) {
        return line(0, false, packet);
    }

    static String line(int verbosity, boolean linkHeader, Packet packet) {
        var style =
                new SummaryStyle(TimeStyle.NONE, verbosity, linkHeader, true, false, false, false, false, Dump.NONE);
        String text = lines(style, packet);
        return text.substring(0, text.length() - 1);
    }
}
