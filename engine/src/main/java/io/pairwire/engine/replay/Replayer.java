package io.pairwire.engine.replay;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.live.FrameSender;
import io.pairwire.live.TransmitCounts;
import io.pairwire.memory.Pause;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumMap;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends packets when they are due. What is due leaves at once; while nothing is due nothing is held back. A packet that is late is
 * sent at once, and the later ones keep their own times: a delay is made up for, not passed on.
 *
 * <p>One thread hands over packets; {@link #stop} may come from any.
 */
public final class Replayer {
    private static final int LINK_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int ETHERTYPE = 12;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    /** Shorter waits are spun away: a thread that sleeps wakes up that much late. */
    private static final long SPIN_NANOS = 120_000;
    /** A sleep is not longer, so that a stop is noticed. */
    private static final long LONGEST_SLEEP_NANOS = 50_000_000;

    private static final long LARGEST_LATENESS = 3_600_000_000_000L;
    private static final int LONGEST_PACKET = 1 << 18;

    private final FrameSender sender;
    private final ReplaySettings settings;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final Schedule schedule;
    private final boolean timed;
    private final Histogram lateness = new Histogram(LARGEST_LATENESS, 3);
    private final long[] refused = new long[ReplayRefusal.values().length];
    private final long[] dues = new long[FrameSender.BATCH];
    private MemorySegment padded = MemorySegment.NULL;
    private int waiting;
    private long begunAt;
    private long endedAt;
    private boolean begun;
    private long read;
    private long handedOver;
    private long cut;
    private long loops = 1;
    private volatile boolean stopped;

    /**
     * @param nanoTime {@link System#nanoTime}, or a test's own time
     * @param pause how to wait until a packet is due
     */
    public Replayer(FrameSender sender, ReplaySettings settings, LongSupplier nanoTime, Pause pause) {
        this.sender = sender;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.pause = pause;
        schedule = new Schedule(settings.speed(), settings.longestGap().toNanos());
        timed = !(settings.speed() instanceof ReplaySpeed.Top);
    }

    /**
     * Sends a packet when it is due, or counts why not.
     *
     * @return false if no further packet will be sent, since enough were, or somebody has stopped this; this one was not
     * @throws IOException if the interface takes no packets any more
     */
    public boolean send(Packet packet) throws IOException {
        if (isOver()) return false;
        int length = length(packet);
        ReplayRefusal refusal = refusal(packet, length);
        if (refusal != null) {
            read++;
            refused[refusal.ordinal()]++;
            return true;
        }
        if (!begun) begin();
        long due = schedule.due(packet, length);
        if (timed && !await(due)) return false;
        read++;
        handedOver++;
        if (packet.capturedLength() < packet.originalLength()) cut++;
        dues[waiting++] = due;
        if (length > packet.capturedLength()) sender.send(padded(packet, length), 0, length);
        else sender.send(packet.memory(), packet.start(), length);
        if (sender.gathered() == 0 || waiting == dues.length) left();
        return true;
    }

    private int length(Packet packet) {
        boolean pads = settings.cut() == CutPackets.PAD;
        return pads ? Math.max(packet.capturedLength(), packet.originalLength()) : packet.capturedLength();
    }

    private @Nullable ReplayRefusal refusal(Packet packet, int length) {
        if (packet.linkType() != sender.linkType()) return ReplayRefusal.OTHER_LINK_TYPE;
        if (settings.cut() == CutPackets.SKIP && packet.capturedLength() < packet.originalLength())
            return ReplayRefusal.CUT;
        boolean ethernet = packet.linkType() == LinkType.ETHERNET;
        if (packet.capturedLength() < (ethernet ? LINK_HEADER : 1)) return ReplayRefusal.TOO_SHORT;
        int tag = ethernet && isVlan(packet.u16(ETHERTYPE)) ? VLAN_TAG : 0;
        return length > sender.longestFrame() + tag ? ReplayRefusal.TOO_LONG : null;
    }

    private static boolean isVlan(int etherType) {
        return etherType == VLAN || etherType == SERVICE_VLAN;
    }

    private MemorySegment padded(Packet packet, int length) {
        if (padded.byteSize() == 0) padded = MemorySegment.ofArray(new byte[LONGEST_PACKET]);
        int captured = packet.capturedLength();
        MemorySegment.copy(
                packet.memory(), ValueLayout.JAVA_BYTE, packet.start(), padded, ValueLayout.JAVA_BYTE, 0, captured);
        padded.asSlice(captured, length - captured).fill((byte) 0);
        return padded;
    }

    private void begin() {
        begun = true;
        begunAt = nanoTime.getAsLong();
        endedAt = begunAt;
    }

    /** Waits until a packet is due; what is gathered leaves before. False if somebody stopped it meanwhile. */
    private boolean await(long due) throws IOException {
        long left = due - (nanoTime.getAsLong() - begunAt);
        if (left <= 0) return true;
        flush();
        while (left > 0) {
            if (stopped) return false;
            if (left > SPIN_NANOS) pause.nanos(Math.min(left - SPIN_NANOS, LONGEST_SLEEP_NANOS));
            else pause.spin();
            left = due - (nanoTime.getAsLong() - begunAt);
        }
        return true;
    }

    private void flush() throws IOException {
        if (sender.gathered() > 0) sender.flush();
        left();
    }

    private void left() {
        endedAt = nanoTime.getAsLong();
        if (timed) {
            long elapsed = endedAt - begunAt;
            for (int i = 0; i < waiting; i++) lateness.recordValue(Math.clamp(elapsed - dues[i], 0, LARGEST_LATENESS));
        }
        waiting = 0;
    }

    /** The capture begins again from its first packet. */
    public void again() {
        loops++;
        schedule.again();
    }

    /** Sends what is gathered and waits until it has left. */
    public void finish() throws IOException {
        flush();
        sender.drain();
        if (begun) endedAt = nanoTime.getAsLong();
    }

    /** Ends the replay with the packet that is being sent. */
    public void stop() {
        stopped = true;
    }

    /** Were enough packets sent, or has somebody stopped this? */
    public boolean isOver() {
        return stopped || settings.count() > 0 && handedOver >= settings.count();
    }

    /** Could any packet be sent so far? Otherwise there is no point in further loops. */
    public boolean hasSent() {
        return handedOver > 0;
    }

    /** What was done so far. Called by the thread that sends. */
    public ReplayReport report() {
        TransmitCounts counts = sender.counts();
        var reasons = new EnumMap<ReplayRefusal, Long>(ReplayRefusal.class);
        for (ReplayRefusal reason : ReplayRefusal.values()) {
            long count = refused[reason.ordinal()] + (reason == ReplayRefusal.KERNEL ? counts.refused() : 0);
            if (count > 0) reasons.put(reason, count);
        }
        return new ReplayReport(
                read,
                counts.sent(),
                counts.bytes(),
                reasons,
                cut,
                loops,
                endedAt - begunAt,
                schedule.backwards(),
                schedule.shortened(),
                counts.waits(),
                lateness);
    }
}
