package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Tcp;

/** What the headers of segments tell about a TCP session: its state, its history, round trips, losses. */
final class TcpTracker {
    private static final int HANDSHAKE = Tcp.SYN | Tcp.FIN | Tcp.RST;

    private TcpTracker() {}

    /** Does this segment begin another connection on the endpoints of one that is over, or never began? */
    static boolean isAnotherConnection(TrackedSession session, int flags, int sequence, boolean fromOriginator) {
        if ((flags & (Tcp.SYN | Tcp.ACK | Tcp.RST)) != Tcp.SYN) return false;
        Side sender = session.side(fromOriginator);
        Side other = session.side(!fromOriginator);
        boolean over = isOver(sender) || isOver(other);
        boolean spoke = sender.sequenceKnown && sender.farthest - 1 != sequence && sender.payloadPackets > 0;
        return over && (!sender.sequenceKnown || sender.farthest - 1 != sequence) || spoke;
    }

    private static boolean isOver(Side side) {
        return side.state == Side.CLOSED || side.state == Side.RESET;
    }

    static void segment(TrackedSession session, Packet packet, int at, int payloadLength, boolean fromOriginator) {
        int flags = Tcp.flags(packet, at);
        int sequence = (int) Tcp.sequence(packet, at);
        Side sender = session.side(fromOriginator);
        Side other = session.side(!fromOriginator);
        if ((flags & Tcp.SYN) != 0 && !sender.isSynSeen()) sender.begins = sequence + 1;
        sender.flags |= flags;
        state(session, sender, other, flags, packet.epochNanos());
        letters(session.history, sender, fromOriginator, flags, payloadLength);
        if (Tcp.window(packet, at) == 0 && (flags & (Tcp.RST | Tcp.SYN | Tcp.FIN)) == 0) {
            session.history.note(History.ZERO_WINDOW, sender, fromOriginator);
        }
        if ((flags & Tcp.RST) != 0) return; // its sequence number and payload are no part of the stream
        int length = payloadLength + ((flags & Tcp.SYN) != 0 ? 1 : 0) + ((flags & Tcp.FIN) != 0 ? 1 : 0);
        boolean probe = length == 1 && (flags & HANDSHAKE) == 0;
        sequences(session, sender, fromOriginator, sequence, length, probe);
    }

    private static void state(TrackedSession session, Side sender, Side other, int flags, long epochNanos) {
        if ((flags & Tcp.RST) != 0) {
            sender.state = Side.RESET;
        } else if ((flags & Tcp.SYN) != 0 && (flags & Tcp.ACK) == 0) {
            if (sender.state == Side.INACTIVE) {
                sender.state = Side.SYN_SENT;
                session.synNanos = epochNanos;
            }
        } else if ((flags & Tcp.SYN) != 0) {
            if (other.state == Side.SYN_SENT) {
                other.state = Side.ESTABLISHED;
                sender.state = Side.ESTABLISHED;
            } else if (sender.state == Side.INACTIVE) {
                sender.state = Side.SYN_ACK_SENT;
            }
        } else {
            if (sender.state == Side.INACTIVE) sender.state = Side.PARTIAL;
            if (session.roundTripNanos < 0 && sender == session.originator && session.isEstablished()) {
                session.roundTripNanos = Math.max(0, epochNanos - session.synNanos);
            }
        }
        if ((flags & (Tcp.FIN | Tcp.RST)) == Tcp.FIN && sender.state != Side.RESET) sender.state = Side.CLOSED;
    }

    private static void letters(History history, Side sender, boolean fromOriginator, int flags, int payloadLength) {
        boolean syn = (flags & Tcp.SYN) != 0;
        boolean fin = (flags & Tcp.FIN) != 0;
        boolean rst = (flags & Tcp.RST) != 0;
        if (syn && (fin || rst)) history.note(History.MULTI_FLAG, sender, fromOriginator);
        if (fin && rst) history.note(History.INCONSISTENT, sender, fromOriginator);
        if (syn) history.note((flags & Tcp.ACK) != 0 ? History.SYN_ACK : History.SYN, sender, fromOriginator);
        if (payloadLength > 0) history.note(History.PAYLOAD, sender, fromOriginator);
        else if ((flags & (HANDSHAKE | Tcp.ACK)) == Tcp.ACK) history.note(History.ACK, sender, fromOriginator);
        if (fin) history.note(History.FIN, sender, fromOriginator);
        if (rst) history.note(History.RST, sender, fromOriginator);
    }

    /** Differences of sequence numbers are signed, so they survive the wrap at 2^32. */
    private static void sequences(
            TrackedSession session, Side sender, boolean fromOriginator, int sequence, int length, boolean probe) {
        if (!sender.sequenceKnown) {
            sender.sequenceKnown = true;
            sender.farthest = sequence + length;
            sender.holeFrom = sender.farthest;
            sender.holeTo = sender.farthest;
            return;
        }
        int ahead = sequence - sender.farthest;
        if (ahead > 0) {
            sender.holeFrom = sender.farthest;
            sender.holeTo = sequence;
            sender.missedBytes += ahead;
            sender.farthest = sequence + length;
            session.history.note(History.GAP, sender, fromOriginator);
        } else if (length > 0) {
            if (ahead == 0) {
                sender.farthest += length;
            } else {
                behind(session, sender, fromOriginator, sequence, length, probe);
            }
        }
    }

    private static void behind(
            TrackedSession session, Side sender, boolean fromOriginator, int sequence, int length, boolean probe) {
        boolean keepAlive = probe && sequence + 1 == sender.farthest;
        boolean fillsHole = sequence - sender.holeFrom >= 0 && sender.holeTo - sequence > 0;
        if (fillsHole) {
            sender.outOfOrder++;
            int filled = Math.min(length, sender.holeTo - sequence);
            sender.missedBytes -= filled;
            if (sequence == sender.holeFrom) sender.holeFrom += filled;
            else sender.holeTo = sequence; // what lies behind it was filled, or is forgotten as missed
        } else if (!keepAlive) {
            sender.retransmissions++;
            session.history.note(History.RETRANSMISSION, sender, fromOriginator);
        }
        int end = sequence + length;
        if (end - sender.farthest > 0) sender.farthest = end;
    }
}
