package io.pairwire.output.print.summary;

import io.pairwire.decode.wire.EtherType;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** GRE, RFC 2784 and RFC 2890; version 1 is that of PPTP, RFC 2637. */
final class GreSummary {
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGMENT = 0x0080;
    private static final int VERSION = 0x0007;
    private static final int BRIDGING = 0x6558;
    private static final int PPP = 0x880b;

    private GreSummary() {}

    static void print(Walk walk, int at, int length) throws IOException {
        Line line = walk.line;
        if (!walk.has(at, 4)) {
            line.text("[|gre]");
            return;
        }
        if (!walk.enter()) return;
        int flags = walk.packet.u16(at);
        int version = flags & VERSION;
        line.text("GREv").decimal(version);
        if (version > 1) {
            line.text(" ERROR: unknown-version");
            return;
        }
        int type = walk.packet.u16(at + 2);
        int next = version == 0 ? fields(walk, at, flags) : pptp(walk, at, flags);
        if (next < 0) {
            walk.cut("gre");
            return;
        }
        line.text(", length ").decimal(length).text(": ");
        if (version == 1 && (flags & SEQUENCE) == 0) {
            line.text("no-payload");
            return;
        }
        inside(walk, type, next, length - (next - at));
    }

    private static void inside(Walk walk, int type, int at, int length) throws IOException {
        Line line = walk.line;
        boolean linkHeader = walk.style.linkHeader();
        switch (type) {
            case EtherType.IPV4 -> {
                if (linkHeader) line.text("IP ");
                IpSummary.print(walk, at, length);
            }
            case EtherType.IPV6 -> {
                if (linkHeader) line.text("IP6 ");
                Ipv6Summary.print(walk, at, length);
            }
            case BRIDGING -> LinkSummary.ethernet(walk, at, length);
            case PPP -> PppoeSummary.ppp(walk, at, length);
            case EtherType.MPLS -> TypeSummary.print(walk, at, type, length, () -> {});
            default -> line.text("gre-proto-0x").hex(type);
        }
    }

    /** Answers where they end, or -1 if they were cut. */
    private static int fields(Walk walk, int at, int flags) {
        Line line = walk.line;
        int next = at + 4;
        if ((flags & (CHECKSUM | ROUTING)) != 0) {
            if (!walk.has(next, 4)) return -1;
            if (walk.style.verbose()) line.text(", sum 0x").hex(walk.packet.u16(next));
            next += 4;
        }
        if ((flags & KEY) != 0) {
            if (!walk.has(next, 4)) return -1;
            line.text(", key=0x").hex(Integer.toUnsignedLong(walk.packet.u32(next)));
            next += 4;
        }
        if ((flags & SEQUENCE) != 0) {
            if (!walk.has(next, 4)) return -1;
            line.text(", seq ").decimal(Integer.toUnsignedLong(walk.packet.u32(next)));
            next += 4;
        }
        return next;
    }

    private static int pptp(Walk walk, int at, int flags) {
        Line line = walk.line;
        if (!walk.has(at, 8)) return -1;
        line.text(", call ").decimal(walk.packet.u16(at + 6));
        int next = at + 8;
        if ((flags & SEQUENCE) != 0) {
            if (!walk.has(next, 4)) return -1;
            line.text(", seq ").decimal(Integer.toUnsignedLong(walk.packet.u32(next)));
            next += 4;
        }
        if ((flags & ACKNOWLEDGMENT) != 0) {
            if (!walk.has(next, 4)) return -1;
            line.text(", ack ").decimal(Integer.toUnsignedLong(walk.packet.u32(next)));
            next += 4;
        }
        return next;
    }
}
