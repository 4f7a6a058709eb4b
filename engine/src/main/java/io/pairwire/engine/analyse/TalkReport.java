package io.pairwire.engine.analyse;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Adds up at the end what was counted by conversation of the transport, and keeps the largest. */
final class TalkReport {
    private final AnalyzerSettings settings;
    private final Map<TalkLayer, TopTalks> conversations = new EnumMap<>(TalkLayer.class);
    private final Map<TalkLayer, TopTalks> endpoints = new EnumMap<>(TalkLayer.class);
    private final Map<TalkMeasure, TopTalks> talkers = new EnumMap<>(TalkMeasure.class);
    private long shownUdp;
    private long shownTcp;
    private final Evidence unanswered = new Evidence();
    private long greeted;

    TalkReport(AnalyzerSettings settings) {
        this.settings = settings;
        int top = settings.top();
        int talks = settings.tells(ReportPart.CONVERSATIONS) ? top : 0;
        for (TalkLayer layer : TalkLayer.values()) {
            int kept = settings.layers().contains(layer) ? top : 0;
            conversations.put(layer, new TopTalks(settings.order(), Math.min(talks, kept)));
            endpoints.put(layer, new TopTalks(settings.order(), kept));
        }
        for (TalkMeasure each : TalkMeasure.values()) talkers.put(each, new TopTalks(each, top));
    }

    /** Reads everything that was counted. */
    void add(List<TalkCounter> shards, TalkTable frames, Workspace workspace, long seed) throws IOException {
        try (var sums = new TalkTable(workspace, workspace.limitBytes() / 4, seed)) {
            frames.forEach(talk -> addFrames(talk, sums));
            for (TalkCounter shard : shards) shard.talks().forEach(talk -> addTalk(talk, sums));
            addStreams(shards, sums);
            sums.forEach(this::offerSum);
        }
    }

    private void addFrames(Talk talk, TalkTable sums) {
        talk.set(Talk.SESSIONS, 1);
        conversations.get(TalkLayer.ETHERNET).offer(talk);
        addEnds(talk, TalkLayer.ETHERNET, sums);
    }

    private void addTalk(Talk talk, TalkTable sums) {
        talk.set(Talk.SESSIONS, 1);
        switch (TalkCounter.kind(talk)) {
            case TalkCounter.UDP -> {
                if ((talk.get(Talk.MARKS) & TalkCounter.OUTERMOST) != 0) shownUdp++;
                addTransport(talk, TalkLayer.UDP, sums);
            }
            case TalkCounter.SCTP -> addTransport(talk, TalkLayer.SCTP, sums);
            default -> addIp(talk, sums);
        }
    }

    private void addTransport(Talk talk, TalkLayer layer, TalkTable sums) {
        conversations.get(layer).offer(talk);
        addEnds(talk, layer, sums);
        addIp(talk, sums);
    }

    private void addIp(Talk talk, TalkTable sums) {
        int version = TalkCounter.version(talk);
        TalkLayer layer = version == 4 ? TalkLayer.IPV4 : TalkLayer.IPV6;
        if (settings.tells(ReportPart.CONVERSATIONS) && settings.layers().contains(layer)) {
            long word = TalkCounter.word(TalkCounter.IP, version, 0, 0);
            sums.find(word, talk.key(1), talk.key(2), talk.key(3), talk.key(4)).addAll(talk);
        }
        addEnds(talk, layer, sums);
    }

    private void addEnds(Talk talk, TalkLayer layer, TalkTable sums) {
        if (!settings.tells(ReportPart.ENDPOINTS) || !settings.layers().contains(layer)) return;
        int version = TalkCounter.version(talk);
        int lowerPort = layer.hasPorts() ? TalkCounter.lowerPort(talk) : 0;
        int upperPort = layer.hasPorts() ? TalkCounter.upperPort(talk) : 0;
        int kind = TalkCounter.END + layer.ordinal();
        sums.find(TalkCounter.word(kind, version, lowerPort, 0), talk.key(1), talk.key(2), 0, 0)
                .addAll(talk);
        boolean itself = lowerPort == upperPort && talk.key(1) == talk.key(3) && talk.key(2) == talk.key(4);
        if (itself) return;
        sums.find(TalkCounter.word(kind, version, upperPort, 0), talk.key(3), talk.key(4), 0, 0)
                .addReversed(talk);
    }

    /** Those of all shards, numbered in the order in which they began. */
    private void addStreams(List<TalkCounter> shards, TalkTable sums) {
        var talk = new Talk().moveTo(MemorySegment.ofArray(new long[Talk.LENGTH / Long.BYTES]), 0);
        var heads = new PriorityQueue<Head>((a, b) -> Long.compare(a.born, b.born));
        for (TalkCounter shard : shards) {
            var head = new Head(shard.streams());
            if (head.next()) heads.add(head);
        }
        int number = 0;
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            addStream(head.stream, number++, talk, sums);
            if (head.next()) heads.add(head);
        }
    }

    /** Goes through the connections of one shard. */
    private static final class Head {
        private final StreamTable streams;
        private final Stream stream = new Stream();
        private int at;
        private long born;

        Head(StreamTable streams) {
            this.streams = streams;
        }

        boolean next() {
            if (at == streams.count()) return false;
            streams.get(at++, stream);
            born = stream.longAt(Stream.BORN);
            return true;
        }
    }

    private void addStream(Stream stream, int number, Talk talk, TalkTable sums) {
        if ((stream.intAt(Stream.MARKS) & Stream.SHOWN) != 0) shownTcp++;
        look(stream);
        fill(talk, stream, number);
        conversations.get(TalkLayer.TCP).offer(talk);
        talk.set(Talk.HASH, 0);
        talk.set(Talk.MARKS, 0);
        addEnds(talk, TalkLayer.TCP, sums);
        addIp(talk, sums);
    }

    private void look(Stream stream) {
        if (stream.intAt(Stream.SYNS) == 0) return;
        greeted++;
        boolean bothWays =
                stream.longAt(Stream.UP + Stream.PACKETS) > 0 && stream.longAt(Stream.DOWN + Stream.PACKETS) > 0;
        if (!bothWays) unanswered.add(stream.longAt(Stream.NUMBER) >>> 1);
    }

    /** Connections whose SYN was seen and whose other side never said anything; the packets are those of the SYN. */
    Evidence unanswered() {
        return unanswered;
    }

    /** Connections of which a SYN was seen. */
    long greeted() {
        return greeted;
    }

    /** Of a stream alone: its number in place of the hash, the time of its handshake in place of the marks. */
    private static void fill(Talk talk, Stream stream, int number) {
        talk.begin(
                number,
                stream.longAt(Stream.KEY),
                stream.longAt(Stream.LOWER_HIGH),
                stream.longAt(Stream.LOWER_LOW),
                stream.longAt(Stream.UPPER_HIGH),
                stream.longAt(Stream.UPPER_LOW));
        talk.set(Talk.PACKETS_UP, stream.longAt(Stream.UP + Stream.PACKETS));
        talk.set(Talk.BYTES_UP, stream.longAt(Stream.UP + Stream.BYTES));
        talk.set(Talk.PACKETS_DOWN, stream.longAt(Stream.DOWN + Stream.PACKETS));
        talk.set(Talk.BYTES_DOWN, stream.longAt(Stream.DOWN + Stream.BYTES));
        talk.set(Talk.SESSIONS, 1);
        talk.set(Talk.RETRANSMISSIONS, stream.intAt(Stream.RETRANSMISSIONS));
        talk.times(stream.longAt(Stream.FIRST), stream.longAt(Stream.LAST));
        talk.number(stream.longAt(Stream.NUMBER));
        talk.set(Talk.MARKS, stream.longAt(Stream.HANDSHAKE));
    }

    private void offerSum(Talk sum) {
        int kind = TalkCounter.kind(sum);
        if (kind == TalkCounter.IP) {
            conversations.get(ipLayer(sum)).offer(sum);
            return;
        }
        TalkLayer layer = TalkLayer.values()[kind - TalkCounter.END];
        endpoints.get(layer).offer(sum);
        if (layer == TalkLayer.IPV4 || layer == TalkLayer.IPV6) {
            for (TopTalks talker : talkers.values()) talker.offer(sum);
        }
    }

    private static TalkLayer ipLayer(Talk talk) {
        return TalkCounter.version(talk) == 4 ? TalkLayer.IPV4 : TalkLayer.IPV6;
    }

    /** UDP conversations that were the outermost one of some packet. */
    long shownUdp() {
        return shownUdp;
    }

    /** TCP streams that were the outermost one of some packet. */
    long shownTcp() {
        return shownTcp;
    }

    /** By layer. */
    List<LayerTalk> layers() {
        var layers = new ArrayList<LayerTalk>();
        for (TalkLayer layer : TalkLayer.values()) {
            TopTalks talks = conversations.get(layer);
            TopTalks ends = endpoints.get(layer);
            boolean asked = settings.layers().contains(layer);
            layers.add(new LayerTalk(
                    layer,
                    asked && settings.tells(ReportPart.CONVERSATIONS) ? talks.count() : -1,
                    asked && settings.tells(ReportPart.ENDPOINTS) ? ends.count() : -1,
                    talks.toList(talk -> conversation(layer, talk)),
                    ends.toList(talk -> endpoint(layer, talk))));
        }
        return layers;
    }

    /** The largest addresses by each measure. */
    Map<TalkMeasure, List<Endpoint>> talkers() {
        var lists = new EnumMap<TalkMeasure, List<Endpoint>>(TalkMeasure.class);
        talkers.forEach((each, talks) -> lists.put(each, talks.toList(talk -> endpoint(ipLayer(talk), talk))));
        return lists;
    }

    private static Conversation conversation(TalkLayer layer, Talk talk) {
        int version = TalkCounter.version(talk);
        boolean ports = layer.hasPorts();
        var lower = new End(version, talk.key(1), talk.key(2), ports ? TalkCounter.lowerPort(talk) : 0);
        var upper = new End(version, talk.key(3), talk.key(4), ports ? TalkCounter.upperPort(talk) : 0);
        boolean up = (talk.get(Talk.NUMBER) & 1) == 0;
        boolean timed = talk.get(Talk.FIRST) <= talk.get(Talk.LAST);
        return new Conversation(
                layer,
                up ? lower : upper,
                up ? upper : lower,
                talk.get(up ? Talk.PACKETS_UP : Talk.PACKETS_DOWN),
                talk.get(up ? Talk.BYTES_UP : Talk.BYTES_DOWN),
                talk.get(up ? Talk.PACKETS_DOWN : Talk.PACKETS_UP),
                talk.get(up ? Talk.BYTES_DOWN : Talk.BYTES_UP),
                timed ? talk.get(Talk.FIRST) : 0,
                timed ? talk.get(Talk.LAST) : 0,
                talk.get(Talk.NUMBER) >>> 1,
                layer == TalkLayer.TCP ? talk.get(Talk.HASH) : -1,
                talk.get(Talk.SESSIONS),
                talk.get(Talk.RETRANSMISSIONS),
                layer == TalkLayer.TCP ? talk.get(Talk.MARKS) : 0);
    }

    private static Endpoint endpoint(TalkLayer layer, Talk talk) {
        boolean timed = talk.get(Talk.FIRST) <= talk.get(Talk.LAST);
        return new Endpoint(
                layer,
                new End(TalkCounter.version(talk), talk.key(1), talk.key(2), TalkCounter.lowerPort(talk)),
                talk.get(Talk.PACKETS_UP),
                talk.get(Talk.BYTES_UP),
                talk.get(Talk.PACKETS_DOWN),
                talk.get(Talk.BYTES_DOWN),
                talk.get(Talk.SESSIONS),
                talk.get(Talk.RETRANSMISSIONS),
                timed ? talk.get(Talk.FIRST) : 0,
                timed ? talk.get(Talk.LAST) : 0);
    }
}
