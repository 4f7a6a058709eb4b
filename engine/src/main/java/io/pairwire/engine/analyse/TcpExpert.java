package io.pairwire.engine.analyse;

import io.pairwire.decode.wire.Tcp;
import java.io.IOException;

/**
 * Says what happened to a TCP segment, from what both directions of its connection did before. Not thread-safe.
 *
 * <p>Sequence numbers wrap around (RFC 9293 §3.4), so they are compared by their difference. Where a number of a direction
 * is not known yet it is 0, and nothing is said on its account; the meanings of the words agree with Wireshark also in this.
 */
final class TcpExpert implements AutoCloseable {
    /** {@link Stream#SCALE}: no SYN was seen. */
    static final int SCALE_UNKNOWN = -1;

    /** {@link Stream#SCALE}: the SYN offered none, so windows are as they are. */
    static final int SCALE_NONE = -2;

    /** Segments remembered a direction; with more on the way, acknowledgments were not captured. */
    private static final int REMEMBERED = 1_000;

    // Stream.UNACKED_COUNTS: all in the lower half, those that the other side did not look at yet above.
    private static final int COUNT = 0xffff;
    private static final int NEW_SHIFT = 16;
    private static final int ONE_NEW = 1 << NEW_SHIFT;

    /** Out of order rather than sent again if it comes so soon, where the handshake does not tell better. */
    private static final long SOON_NANOS = 3_000_000;

    /** Sent again because of duplicate acknowledgments if it comes so soon after the last. */
    private static final long FAST_NANOS = 20_000_000;

    private static final int CONTROL = Tcp.SYN | Tcp.FIN | Tcp.RST;

    // Bits of Stream.KNOWN.
    private static final int INITIAL_KNOWN = 1;
    private static final int WINDOW_OF_SYN = 2; // which is never scaled
    private static final int WINDOW_KNOWN = 4;
    private static final int UNSEEN = 8; // the other side acknowledges what was not captured; until this one hears it

    private final Unacknowledged unacknowledged;
    private Stream stream = new Stream();
    private int own;
    private int other;
    private long nanos;
    private int sequence;
    private int acknowledgment;
    private int length;
    private int flags;
    private int window;
    private int scale;

    private long roundTripNanos;

    TcpExpert(Workspace workspace, long shareBytes) {
        unacknowledged = new Unacknowledged(workspace, shareBytes);
    }

    /** Reads a segment, whose header was captured. */
    TcpExpert read(TalkBatch batch, int i) {
        nanos = batch.nanos(i);
        sequence = batch.sequence(i);
        acknowledgment = batch.acknowledgment(i);
        length = batch.payloadLength(i);
        flags = batch.flags(i);
        window = batch.window(i);
        scale = batch.scale(i);
        return this;
    }

    /** Does the segment read last begin another connection between the ends of this one? */
    boolean isAnother(Stream before, boolean up) {
        int direction = up ? Stream.UP : Stream.DOWN;
        return (flags & (Tcp.SYN | Tcp.ACK)) == Tcp.SYN
                && (before.intAt(direction + Stream.KNOWN) & INITIAL_KNOWN) != 0
                && before.intAt(direction + Stream.INITIAL) != sequence;
    }

    /** Does the segment read last answer a SYN that the connection it belongs to did not see? */
    boolean answersAnother(Stream before, boolean up) {
        int direction = up ? Stream.UP : Stream.DOWN;
        return (flags & (Tcp.SYN | Tcp.ACK)) == (Tcp.SYN | Tcp.ACK)
                && (before.intAt(direction + Stream.KNOWN) & INITIAL_KNOWN) != 0
                && before.intAt(direction + Stream.INITIAL) != sequence;
    }

    /** Tells the connection of the segment read last where its numbers begin, and nothing more. */
    void learn(Stream of, boolean up) {
        stream = of;
        own = up ? Stream.UP : Stream.DOWN;
        other = up ? Stream.DOWN : Stream.UP;
        learnInitialNumbers();
        learnHandshake();
    }

    /** The events of the segment read last, each a {@link TcpEvent#bit}; the connection then knows about it. */
    int events(Stream of, boolean up) {
        learn(of, up);
        boolean probe = isWindowProbe();
        int events = probe ? TcpEvent.ZERO_WINDOW_PROBE.bit() : state();
        if (acknowledgment != get(own, Stream.ACK)) set(own, Stream.DUPLICATES, 0);
        events |= acknowledgedUnseen();
        if (length > 0 || (flags & (Tcp.SYN | Tcp.FIN)) != 0) events |= repetition(events);
        boolean again = acknowledgment == get(own, Stream.ACK);
        remember(probe, events);
        forgetAcknowledged(again);
        return events;
    }

    /** How long the segment that the one read last acknowledges was on its way and back, nanoseconds; -1 if not known. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    private int get(int direction, int field) {
        return stream.intAt(direction + field);
    }

    private void set(int direction, int field, int value) {
        stream.set(direction + field, value);
    }

    private static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    private void learnInitialNumbers() {
        boolean syn = (flags & Tcp.SYN) != 0;
        if (syn || (get(own, Stream.KNOWN) & INITIAL_KNOWN) == 0) {
            set(own, Stream.INITIAL, syn ? sequence : sequence - 1);
            set(own, Stream.KNOWN, get(own, Stream.KNOWN) | INITIAL_KNOWN);
        }
        if ((flags & Tcp.ACK) != 0 && (get(other, Stream.KNOWN) & INITIAL_KNOWN) == 0) {
            set(other, Stream.INITIAL, acknowledgment - 1);
            set(other, Stream.KNOWN, get(other, Stream.KNOWN) | INITIAL_KNOWN);
        }
    }

    private void learnHandshake() {
        if ((flags & (Tcp.SYN | Tcp.ACK)) == Tcp.SYN) {
            stream.set(Stream.SYN_TIME, nanos);
        } else if ((flags & (Tcp.SYN | Tcp.ACK)) == Tcp.ACK
                && stream.longAt(Stream.HANDSHAKE) == 0
                && stream.longAt(Stream.SYN_TIME) != 0) {
            stream.set(Stream.HANDSHAKE, nanos - stream.longAt(Stream.SYN_TIME));
        }
    }

    private boolean isWindowProbe() {
        if ((get(other, Stream.KNOWN) & WINDOW_KNOWN) == 0) return false;
        return length == 1 && sequence == get(own, Stream.NEXT) && get(other, Stream.WINDOW) == 0;
    }

    /** What the header says about windows, gaps and being alive. */
    private int state() {
        int next = get(own, Stream.NEXT);
        boolean plain = (flags & CONTROL) == 0;
        int events = 0;
        if (window == 0 && plain) events |= TcpEvent.ZERO_WINDOW.bit();
        if (next != 0 && isAfter(sequence, next) && (flags & Tcp.RST) == 0) events |= TcpEvent.LOST_SEGMENT.bit();
        if (!plain) return events;
        if (length <= 1 && sequence == next - 1) events |= TcpEvent.KEEP_ALIVE.bit();
        if (length > 0) return fillsWindow() ? events | TcpEvent.WINDOW_FULL.bit() : events;
        if (sequence != next || acknowledgment != get(own, Stream.ACK)) return events;
        return events | (window == get(own, Stream.WINDOW) ? sameAgain() : windowChange());
    }

    private int windowChange() {
        return window == 0 ? 0 : TcpEvent.WINDOW_UPDATE.bit();
    }

    /** Without data and with nothing new: an answer to a question, or a duplicate. */
    private int sameAgain() {
        if (window == 0) return 0;
        if ((get(other, Stream.EVENTS) & TcpEvent.KEEP_ALIVE.bit()) != 0) return TcpEvent.KEEP_ALIVE_ACK.bit();
        set(own, Stream.DUPLICATES, get(own, Stream.DUPLICATES) + 1);
        return TcpEvent.DUPLICATE_ACK.bit();
    }

    private boolean fillsWindow() {
        int offered = get(other, Stream.SCALE);
        if (offered == SCALE_UNKNOWN) return false;
        boolean unscaled = offered == SCALE_NONE || (get(other, Stream.KNOWN) & WINDOW_OF_SYN) != 0;
        int room = get(other, Stream.WINDOW) << (unscaled ? 0 : offered);
        return sequence + length == get(other, Stream.ACK) + room;
    }

    /** An acknowledgment of more than was seen in one piece. */
    private int acknowledgedUnseen() {
        int contiguous = get(other, Stream.CONTIGUOUS);
        if ((flags & Tcp.ACK) == 0 || contiguous == 0 || !isAfter(acknowledgment, contiguous)) return 0;
        boolean probed = (get(other, Stream.EVENTS) & TcpEvent.ZERO_WINDOW_PROBE.bit()) != 0;
        if (probed && acknowledgment == get(own, Stream.ACK) + 1 && sequence == get(own, Stream.NEXT)) {
            set(other, Stream.CONTIGUOUS, acknowledgment);
            return TcpEvent.WINDOW_UPDATE.bit();
        }
        int next = get(other, Stream.NEXT);
        if (contiguous == next) set(other, Stream.KNOWN, get(other, Stream.KNOWN) | UNSEEN);
        boolean unseen = (get(other, Stream.KNOWN) & UNSEEN) != 0;
        set(other, Stream.CONTIGUOUS, unseen ? 0 : next);
        return TcpEvent.ACK_LOST_SEGMENT.bit();
    }

    /** A segment that takes room and does not go ahead: sent again, or overtaken. */
    private int repetition(int events) {
        int next = get(own, Stream.NEXT);
        boolean behind = next != 0 && isAfter(next, sequence);
        if (behind && (events & TcpEvent.KEEP_ALIVE.bit()) != 0) return 0;
        if (length > 1 && next - 1 == sequence) behind = false; // the byte of a probe before, and new ones
        int acknowledged = get(other, Stream.ACK);
        int end = sequence + length;
        if (length > 0 && acknowledged != 0 && !isAfter(end, acknowledged)) {
            return TcpEvent.RETRANSMISSION.bit() | TcpEvent.SPURIOUS_RETRANSMISSION.bit();
        }
        if (!behind) return 0;
        if (isFast(acknowledged)) return TcpEvent.RETRANSMISSION.bit() | TcpEvent.FAST_RETRANSMISSION.bit();
        long handshake = stream.longAt(Stream.HANDSHAKE);
        long soon = handshake == 0 ? SOON_NANOS : handshake;
        int behindIt = end + ((flags & (Tcp.SYN | Tcp.FIN)) != 0 ? 1 : 0);
        boolean overtaken = nanos - stream.longAt(own + Stream.NEXT_TIME) < soon && next != behindIt;
        return overtaken ? TcpEvent.OUT_OF_ORDER.bit() : TcpEvent.RETRANSMISSION.bit();
    }

    /** Did the other side ask for it right before, again and again? */
    private boolean isFast(int acknowledged) {
        if (nanos - stream.longAt(other + Stream.ACK_TIME) >= FAST_NANOS) return false;
        return get(other, Stream.DUPLICATES) >= 2 && acknowledged == sequence;
    }

    private void remember(boolean probe, int events) {
        int next = sequence + length;
        boolean takesRoom = length > 0 || (flags & (Tcp.SYN | Tcp.FIN)) != 0;
        int counts = get(own, Stream.UNACKED_COUNTS);
        if (takesRoom && (counts & COUNT) < REMEMBERED) {
            if ((flags & (Tcp.SYN | Tcp.FIN)) != 0) next++;
            int front = unacknowledged.add(get(own, Stream.UNACKED), next, nanos);
            set(own, Stream.UNACKED, front);
            set(own, Stream.UNACKED_COUNTS, counts + 1 + ONE_NEW);
        }
        int before = get(own, Stream.NEXT);
        if (!probe && (before == 0 || isAfter(next, before))) {
            set(own, Stream.NEXT, next);
            stream.set(own + Stream.NEXT_TIME, nanos);
        }
        int contiguous = get(own, Stream.CONTIGUOUS);
        if (acknowledgment != get(own, Stream.ACK)) set(own, Stream.KNOWN, get(own, Stream.KNOWN) & ~UNSEEN);
        boolean unseen = (get(own, Stream.KNOWN) & UNSEEN) != 0;
        if ((events & TcpEvent.LOST_SEGMENT.bit()) != 0 && contiguous == 0) {
            set(own, Stream.CONTIGUOUS, before);
        } else if (!probe && (contiguous == 0 || sequence == contiguous)) {
            set(own, Stream.CONTIGUOUS, unseen ? 0 : get(own, Stream.NEXT));
        }
        set(own, Stream.WINDOW, window);
        set(own, Stream.ACK, acknowledgment);
        stream.set(own + Stream.ACK_TIME, nanos);
        set(own, Stream.EVENTS, events);
        int known = get(own, Stream.KNOWN) & ~WINDOW_OF_SYN | WINDOW_KNOWN;
        set(own, Stream.KNOWN, (flags & Tcp.SYN) != 0 ? known | WINDOW_OF_SYN : known);
    }

    /** @param again whether this side acknowledged the same the last time: then only what came since then can be meant */
    private void forgetAcknowledged(boolean again) {
        roundTripNanos = -1;
        int segment = get(other, Stream.UNACKED);
        if (segment == 0) return;
        int counts = get(other, Stream.UNACKED_COUNTS);
        int left = counts & COUNT;
        int younger = 0;
        for (int looks = again ? counts >>> NEW_SHIFT : left; looks > 0 && segment != 0; looks--) {
            int older = unacknowledged.older(segment);
            int to = unacknowledged.to(segment);
            if (isAfter(to, acknowledgment)) {
                younger = segment;
            } else {
                if (to == acknowledgment) roundTripNanos = nanos - unacknowledged.time(segment);
                if (younger == 0) set(other, Stream.UNACKED, older);
                else unacknowledged.older(younger, older);
                left--;
                unacknowledged.release(segment);
            }
            segment = older;
        }
        if (left != counts) set(other, Stream.UNACKED_COUNTS, left);
    }

    /** Learns how windows are scaled, if the segment whose events were told last is a SYN. */
    void learnScale() {
        if ((flags & Tcp.SYN) == 0) return;
        set(own, Stream.SCALE, scale);
        boolean scaled = get(own, Stream.SCALE) >= 0 && get(other, Stream.SCALE) >= 0;
        if ((flags & Tcp.ACK) != 0 && !scaled) { // both must offer it, RFC 7323 §2.2
            set(own, Stream.SCALE, SCALE_NONE);
            if (get(other, Stream.SCALE) != SCALE_UNKNOWN) set(other, Stream.SCALE, SCALE_NONE);
        }
    }

    @Override
    public void close() throws IOException {
        unacknowledged.close();
    }
}
