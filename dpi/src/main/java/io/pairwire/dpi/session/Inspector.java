package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.stream.Defragmenter;
import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.stream.FragmentAnswer;
import io.pairwire.decode.stream.FragmentSettings;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.FileHook;
import io.pairwire.dpi.registry.Catalogue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Takes packets in the order of time, keeps their sessions, and has them recognised.
 *
 * <p>One inspector is one shard: it belongs to one thread and shares nothing that can change, so as many as one likes work
 * side by side. Both directions of a session must come to the same one. Packets inside tunnels have sessions of their own,
 * children of the one that carries them; fragments count when their datagram is complete. Time is event time and never runs
 * back: a packet that is late counts as of the latest time seen.
 */
public final class Inspector {
    private static final long BACK = 1_000_000_000;

    private final SessionSettings settings;
    private final SessionListener listener;
    private final DeepDecoder decoder = new DeepDecoder();
    private final Layers layers = new Layers();
    private final Layers inner = new Layers();
    private final Defragmenter defragmenter;
    private final PathTable paths;
    private final SessionTable table;
    private final SessionLists lists;
    private final ErrorCounts errors = new ErrorCounts();
    private final Classifier classifier;
    private final EvasionWatch evasions;
    private final LongSupplier numbers;
    private FileHook files = FileHook.NONE;
    private final PacketHandler each = this::offer;
    private Catalogue catalogue;
    private long now = Long.MIN_VALUE;

    private long packets;
    private long counted;
    private long withoutIp;
    private long fragmentsHeld;
    private long fragmentsDropped;
    private long begun;
    private int mostOpen;
    private long mostMemory;
    private final long[] ended = new long[EndCause.values().length];

    /** Numbers its sessions from 1; {@code random} is where the secrets of hashes come from, nothing told depends on it. */
    public Inspector(
            Catalogue catalogue,
            SessionSettings settings,
            Wanted wanted,
            SessionListener listener,
            RandomGenerator random) {
        this(catalogue, settings, wanted, listener, random, new AtomicLong()::incrementAndGet);
    }

    /** As the other, with numbers for sessions that it shares with other inspectors. */
    public Inspector(
            Catalogue catalogue,
            SessionSettings settings,
            Wanted wanted,
            SessionListener listener,
            RandomGenerator random,
            LongSupplier numbers) {
        this.numbers = numbers;
        this.catalogue = catalogue;
        this.settings = settings;
        this.listener = listener;
        paths = new PathTable(catalogue, errors);
        table = new SessionTable(random, paths);
        lists = new SessionLists(settings.timeouts());
        defragmenter = new Defragmenter(FragmentSettings.defaults(), random);
        evasions = new EvasionWatch(errors, listener, random);
        classifier = new Classifier(catalogue, settings, wanted, listener, table, lists, paths, errors, random);
    }

    /**
     * From the next packet on, are checksums verified, and segments noticed that come again with other bytes? Costs a look at
     * every byte, and 1 MB. A packet with a wrong checksum counts, but what it carries is not looked at, as no host does.
     */
    public void watchClosely(boolean closely) {
        evasions.closely(closely);
    }

    /** From the next packet on, files that sessions carry go there. */
    public void files(FileHook hook) {
        files = hook;
        classifier.files(hook);
    }

    /** From the next packet on another catalogue counts, made from the one before by {@link Catalogue#with}. */
    public void use(Catalogue newer) {
        catalogue = newer;
        paths.use(newer);
        classifier.use(newer);
    }

    /**
     * Takes the next packets of a source, and tells the listener of the batch.
     *
     * @return how many there were, or {@link PacketSource#END}
     * @throws IOException as the source does
     */
    public int poll(PacketSource source, int limit) throws IOException {
        long before = changes();
        int taken = source.poll(each, limit);
        if (taken > 0) listener.batch(taken, changes() - before);
        return taken;
    }

    private long changes() {
        long changes = begun;
        for (long count : ended) changes += count;
        return changes;
    }

    /** Takes the next packet. */
    public void offer(Packet packet) {
        packets++;
        if (packet.epochNanos() < now && now - packet.epochNanos() > BACK) evasions.timeWentBack(packet);
        advance(packet.epochNanos());
        Verdict verdict = decoder.decode(packet, layers);
        if (verdict != Verdict.OK) count(verdict);
        if (!layers.isFragment()) {
            take(packet);
            return;
        }
        FragmentAnswer answer = defragmenter.offer(packet, layers);
        evasions.fragment(packet, layers, defragmenter);
        switch (answer) {
            case WHOLE -> take(packet);
            case HELD -> {
                fragmentsHeld++;
                errors.count(ErrorCode.FRAGMENT_HELD);
            }
            case DROPPED -> {
                fragmentsDropped++;
                errors.count(ErrorCode.FRAGMENT_DROPPED);
            }
            case COMPLETED -> {
                Packet datagram = defragmenter.datagram();
                datagram.from(packet.file(), packet.number());
                decoder.decode(datagram, layers);
                take(datagram);
            }
        }
    }

    /** Says that it is so late now, for who knows without a packet: ends what has run out. */
    public void advance(long epochNanos) {
        if (epochNanos > now) now = epochNanos;
        for (TrackedSession over = lists.over(now); over != null; over = lists.over(now)) end(over, EndCause.IDLE);
    }

    private void count(Verdict verdict) {
        errors.count(
                switch (verdict) {
                    case OK -> ErrorCode.NONE;
                    case TRUNCATED -> ErrorCode.PACKET_CUT;
                    case MALFORMED -> ErrorCode.PACKET_MALFORMED;
                    case UNSUPPORTED_LINK_TYPE -> ErrorCode.PACKET_UNSUPPORTED;
                    case TOO_DEEP -> ErrorCode.PACKET_TOO_DEEP;
                });
    }

    private void take(Packet packet) {
        if (!layers.isIp()) {
            withoutIp++;
            paths.count(path(0, 0, layers.depth()), packet.originalLength(), 0, packet.epochNanos());
            return;
        }
        counted++;
        boolean damaged = evasions.isDamaged(packet, layers);
        int innermost = layers.innermostIp();
        int at = outermostIp();
        int path = path(0, 0, at + 1);
        TrackedSession session = session(packet, layers, path, 0, at, innermost > at || damaged);
        while (at < innermost) {
            int next = at + 1;
            while (next < innermost && !isIp(next)) next++;
            DeepDecoder.decodeInner(packet, layers, next, inner);
            path = path(path, at + 1, next + 1);
            session = session(packet, inner, path, session.id, next, innermost > next || damaged);
            at = next;
        }
    }

    private int outermostIp() {
        int at = 0;
        while (!isIp(at)) at++;
        return at;
    }

    private boolean isIp(int index) {
        Layer kind = layers.kind(index);
        return kind == Layer.IPV4 || kind == Layer.IPV6;
    }

    /** The path from {@code parent} on through the layers from one index to before another. */
    private int path(int parent, int from, int to) {
        int path = parent;
        for (int i = from; i < to; i++) {
            Layer kind = layers.kind(i);
            if (kind != Layer.OTHER) path = paths.child(path, catalogue.number(kind));
        }
        return path;
    }

    /**
     * Counts the packet in the session of one of its IP headers.
     *
     * @param carriesMore do the bytes inside belong to another session, or to none?
     */
    private TrackedSession session(
            Packet packet, Layers of, int ipPath, long parent, int ipIndex, boolean carriesMore) {
        TrackedSession session = table.find(of);
        boolean tcp = of.transport() == IpProtocol.TCP;
        int flags = tcp ? Tcp.flags(packet, of.transportAt()) : 0;
        boolean fromOriginator = session == null || session.originatorIsLower == table.sourceIsLower();
        if (session != null) {
            boolean over = lists.isOver(session, now);
            boolean another = tcp
                    && TcpTracker.isAnotherConnection(
                            session, flags, (int) Tcp.sequence(packet, of.transportAt()), fromOriginator);
            if (over || another) {
                end(session, over ? EndCause.IDLE : EndCause.REUSED);
                table.find(of);
                session = null;
            }
        }
        if (session == null) {
            session = begin(packet, of, ipPath, parent, ipIndex, flags);
            fromOriginator = session.originatorIsLower == table.sourceIsLower();
        }
        tally(session, packet, of, tcp, fromOriginator);
        if (tcp) evasions.segment(session, fromOriginator, packet, of);
        lists.touch(session, list(session), now);
        if (session.phase != TrackedSession.COUNTED && !carriesMore) {
            classifier.inspect(session, packet, of, tcp ? -1 : behindIp(of, ipIndex));
            if (tcp) evasions.conflicting(classifier.conflictingBytes(), packet);
        }
        listener.packet(session, packet, fromOriginator ? Direction.ORIGINATOR : Direction.RESPONDER);
        return session;
    }

    /** Where that begins which the IP header carries, or -1; extension headers are passed over. */
    private static int behindIp(Layers of, int ipIndex) {
        int index = (of.at(ipIndex < of.depth() ? ipIndex : 0) == of.networkAt() ? ipIndex : 0) + 1;
        while (index < of.depth() && isExtension(of.kind(index))) index++;
        return index < of.depth() ? of.at(index) : -1;
    }

    private static boolean isExtension(Layer kind) {
        return switch (kind) {
            case IPV6_HOP_BY_HOP, IPV6_ROUTING, IPV6_FRAGMENT, IPV6_DESTINATION_OPTIONS, AUTHENTICATION_HEADER -> true;
            default -> false;
        };
    }

    private TrackedSession begin(Packet packet, Layers of, int ipPath, long parent, int ipIndex, int flags) {
        while (table.count() > 0 && memory() + TrackedSession.BYTES > settings.memory()) evict();
        TrackedSession session = table.add();
        begun++;
        if (table.count() > mostOpen) mostOpen = table.count();
        mostMemory = Math.max(mostMemory, memory());
        session.id = numbers.getAsLong();
        session.parent = parent;
        session.file = packet.file();
        session.firstNanos = packet.epochNanos();
        session.lastNanos = packet.epochNanos();
        boolean answer = (flags & (Tcp.SYN | Tcp.ACK)) == (Tcp.SYN | Tcp.ACK);
        boolean midway = of.transport() == IpProtocol.TCP && (flags & Tcp.SYN) == 0;
        if (answer || midway && classifier.isServer(of)) {
            session.flip();
            session.history.note(History.FLIPPED, session.originator, true);
        }
        lists.add(session, of.transport() == IpProtocol.TCP ? SessionLists.BRIEF : SessionLists.USUAL, now);
        int path = ipPath;
        int layer = ipIndex + 1;
        while (layer < layers.depth() && !isIp(layer)) {
            Layer kind = layers.kind(layer);
            if (kind != Layer.OTHER) path = paths.child(path, catalogue.number(kind));
            if (layers.at(layer) == of.transportAt()) break;
            layer++;
        }
        if (session.protocol == IpProtocol.ICMP || session.protocol == IpProtocol.ICMPV6) {
            int at = behindIp(of, ipIndex);
            if (at >= 0 && packet.capturedLength() - at >= 2) {
                session.icmpType = packet.u8(at);
                session.icmpCode = packet.u8(at + 1);
            }
        }
        session.carrierPath = path;
        session.pathNumber = path;
        paths.sessionBegan(path);
        listener.began(session);
        classifier.begin(
                session, layer + 1 < layers.depth() && of.transport() != 0 ? layers.kind(layer + 1) : Layer.OTHER);
        return session;
    }

    /** The first that stands in line goes; one that holds memory of its own counts with it. */
    private void evict() {
        TrackedSession victim = lists.victim();
        if (victim == null) return;
        errors.count(ErrorCode.SESSION_EVICTED);
        end(victim, EndCause.EVICTED);
    }

    private long memory() {
        return (long) table.count() * TrackedSession.BYTES + 8L * table.slots() + classifier.memory();
    }

    private void tally(TrackedSession session, Packet packet, Layers of, boolean tcp, boolean fromOriginator) {
        Side side = session.side(fromOriginator);
        int wire = Math.max(packet.originalLength(), packet.capturedLength());
        int payload = of.transport() == 0 ? 0 : of.payloadLength();
        side.packets++;
        side.bytes += wire;
        side.ipBytes += Math.max(0, wire - of.networkAt());
        if (payload > 0) {
            side.payloadBytes += payload;
            side.payloadPackets++;
        }
        session.lastNanos = Math.max(session.lastNanos, packet.epochNanos());
        paths.count(session.pathNumber, wire, payload, packet.epochNanos());
        if (tcp) TcpTracker.segment(session, packet, of.transportAt(), payload, fromOriginator);
        else if (payload > 0) session.history.note(History.PAYLOAD, side, fromOriginator);
    }

    private static int list(TrackedSession session) {
        if (session.protocol != IpProtocol.TCP) return SessionLists.USUAL;
        int originator = session.originator.state;
        int responder = session.responder.state;
        boolean over = originator == Side.RESET
                || responder == Side.RESET
                || originator == Side.CLOSED && responder == Side.CLOSED;
        if (over) return SessionLists.BRIEF;
        boolean established = session.originator.packets > 0 && session.responder.packets > 0
                || session.originator.payloadPackets > 0
                || session.responder.payloadPackets > 0;
        if (!established) return SessionLists.BRIEF;
        boolean live = session.isEstablished()
                && session.originator.payloadPackets > 0
                && session.responder.payloadPackets > 0;
        return live ? SessionLists.LIVE : SessionLists.ESTABLISHED;
    }

    private void end(TrackedSession session, EndCause cause) {
        classifier.end(session);
        ended[cause.ordinal()]++;
        lists.remove(session);
        files.sessionEnded(session);
        listener.ended(session, cause);
        classifier.release(session);
        table.remove(session);
    }

    /** Ends all sessions, as the input has ended, in the order in which they were last heard of. */
    public void finish() {
        classifier.finish();
        for (TrackedSession next = lists.anyOldest(); next != null; next = lists.anyOldest()) {
            end(next, EndCause.FINISHED);
        }
    }

    /** How it stands. Allocates. */
    public SessionStatistics statistics() {
        return new SessionStatistics(
                packets,
                counted,
                withoutIp,
                fragmentsHeld,
                fragmentsDropped,
                begun,
                table.count(),
                ended[EndCause.IDLE.ordinal()],
                ended[EndCause.REUSED.ordinal()],
                ended[EndCause.EVICTED.ordinal()],
                ended[EndCause.FINISHED.ordinal()],
                memory(),
                mostOpen,
                mostMemory,
                table.slots(),
                table.lookups(),
                table.probes(),
                table.longestProbe(),
                table.hashCollisions(),
                classifier.inspected(),
                classifier.asked());
    }

    /** What was counted on each path of protocols. Allocates. */
    public List<PathStatistics> paths() {
        return paths.statistics();
    }

    /** How often each error happened. Allocates. */
    public Map<ErrorCode, Long> errors() {
        return errors.all();
    }

    /** How often protocols threw, by name. Allocates. */
    public Map<String, Long> thrown() {
        return errors.thrown(catalogue);
    }
}
