package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** IEEE 802.2 logical link control, SNAP in it, and the spanning tree of IEEE 802.1D. */
final class LlcSummary {
    private static final int LENGTH = 3;
    private static final int SNAP = 0xaa;
    private static final int SNAP_LENGTH = 8;
    private static final int SPANNING_TREE = 0x42;
    private static final int UNNUMBERED = 0x03;
    private static final int CONFIGURATION_LENGTH = 35;

    private LlcSummary() {}

    static int print(Walk walk, int at, int length, Runnable header) throws IOException {
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.enter()) return at;
        if (!walk.has(at, LENGTH)) {
            line.text("[|llc]");
            return walk.end;
        }
        int destination = packet.u8(at);
        int source = packet.u8(at + 1);
        int control = packet.u8(at + 2);
        if (destination == SNAP && source == SNAP && control == UNNUMBERED && walk.has(at, SNAP_LENGTH)) {
            int vendor = packet.u32(at + 2) & 0xff_ffff;
            int type = packet.u16(at + 6);
            if (walk.style.linkHeader()) {
                line.text("LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui ");
                line.text(vendor == 0 ? "Ethernet (0x000000), " : "Unknown (0x");
                if (vendor != 0) line.hex(vendor, 6).text("), ");
                TypeSummary.name(walk, line, type);
                line.text(", length ").decimal(length - SNAP_LENGTH).text(": ");
            }
            if (vendor == 0) return TypeSummary.print(walk, at + SNAP_LENGTH, type, length - SNAP_LENGTH, header);
            header.run();
            TypeSummary.dump(walk, at);
            return at;
        }
        if (walk.style.linkHeader()) control(walk, destination, source, control);
        if (destination == SPANNING_TREE && source == SPANNING_TREE && control == UNNUMBERED) {
            spanningTree(walk, at + LENGTH, length - LENGTH);
            return at + LENGTH;
        }
        if (!walk.style.linkHeader()) {
            header.run();
            control(walk, destination, source, control);
        }
        line.text("length ").decimal(length);
        TypeSummary.dump(walk, at);
        return at;
    }

    private static void control(Walk walk, int destination, int source, int control) {
        Line line = walk.line;
        line.text("LLC, dsap ")
                .text(point(destination))
                .text(" (0x")
                .hex(destination & 0xfe, 2)
                .text(") ");
        line.text((destination & 1) == 0 ? "Individual" : "Group").text(", ssap ");
        line.text(point(source)).text(" (0x").hex(source & 0xfe, 2).text(") ");
        line.text((source & 1) == 0 ? "Command" : "Response")
                .text(", ctrl 0x")
                .hex(control, 2)
                .text(": ");
    }

    private static String point(int accessPoint) {
        return switch (accessPoint & 0xfe) {
            case 0x00 -> "Null";
            case 0x06 -> "IP";
            case SPANNING_TREE -> "STP";
            case SNAP -> "SNAP";
            case 0xe0 -> "IPX";
            case 0xf0 -> "NetBeui";
            case 0xfe -> "OSI";
            case 0xfc -> "RPL";
            default -> "Unknown";
        };
    }

    private static void spanningTree(Walk walk, int at, int length) {
        Packet packet = walk.packet;
        Line line = walk.line;
        line.text("STP ");
        if (!walk.has(at, 4)) {
            walk.cut("stp");
            return;
        }
        int version = packet.u8(at + 2);
        line.text(
                switch (version) {
                    case 0 -> "802.1d";
                    case 2 -> "802.1w";
                    case 3 -> "802.1s";
                    default -> "version " + version;
                });
        int type = packet.u8(at + 3);
        boolean configuration = type == 0 || type == 2;
        line.text(
                type == 0 ? ", Config" : type == 2 ? ", Rapid STP" : type == 0x80 ? ", Topology Change" : ", unknown");
        if (configuration && walk.has(at, CONFIGURATION_LENGTH)) {
            line.text(", Flags [").text(flags(packet.u8(at + 4))).text("], bridge-id ");
            line.hex(packet.u16(at + 17), 4).text('.').mac(packet.u64(at + 19) >>> 16);
            line.text('.').hex(packet.u16(at + 25), 4);
        }
        line.text(", length ").decimal(length);
    }

    private static String flags(int flags) {
        var names = new java.util.StringJoiner(", ");
        if ((flags & 0x01) != 0) names.add("Topology change");
        if ((flags & 0x02) != 0) names.add("Proposal");
        if ((flags & 0x10) != 0) names.add("Learn");
        if ((flags & 0x20) != 0) names.add("Forward");
        if ((flags & 0x40) != 0) names.add("Agreement");
        if ((flags & 0x80) != 0) names.add("Topology change ACK");
        return names.length() == 0 ? "none" : names.toString();
    }
}
