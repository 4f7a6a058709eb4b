package io.pairwire.engine;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.engine.store.UnmatchedStore;
import io.pairwire.engine.store.UnmatchedTable;
import io.pairwire.memory.Pause;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Puts an {@link Engine} together. Source, matcher and sink must be given; the rest has a default. */
public final class EngineBuilder {
    private Optional<PacketSource> source = Optional.empty();
    private Optional<Matcher> matcher = Optional.empty();
    private Optional<ResultSink> sink = Optional.empty();
    private Predicate<Packet> filter = packet -> true;
    private PacketDecoder decoder = new LayerDecoder();
    private UnmatchedStore.Factory stores = UnmatchedTable::new;
    private StatisticsListener listener = statistics -> {};
    private Checkpoints checkpoints = Checkpoints.NONE;
    private EngineSettings settings = EngineSettings.defaults();
    private Pause pause = Pause.PARK;
    private LongSupplier nanoClock = System::nanoTime;

    EngineBuilder() {}

    /** Where packets come from; closed by the engine when it ends. */
    public EngineBuilder source(PacketSource source) {
        this.source = Optional.of(source);
        return this;
    }

    /**
     * Which packets take part; all by default. Asked on the reading thread, must not allocate. A packet that it refuses is read and
     * counted as not eligible, {@link Eligibility#FILTERED}.
     */
    public EngineBuilder filter(Predicate<Packet> filter) {
        this.filter = filter;
        return this;
    }

    /** What finds the layers of a packet; a {@link LayerDecoder} by default. */
    public EngineBuilder decoder(PacketDecoder decoder) {
        this.decoder = decoder;
        return this;
    }

    /** What makes two packets belong together. */
    public EngineBuilder matcher(Matcher matcher) {
        this.matcher = Optional.of(matcher);
        return this;
    }

    /** Where packets wait for their partner; {@link UnmatchedTable}s by default. */
    public EngineBuilder stores(UnmatchedStore.Factory stores) {
        this.stores = stores;
        return this;
    }

    /** Where results go; closed by the engine when it ends. {@link ResultSink#NONE} for nowhere. */
    public EngineBuilder sink(ResultSink sink) {
        this.sink = Optional.of(sink);
        return this;
    }

    /** Who is told statistics, periodically and at the end; nobody by default. */
    public EngineBuilder listener(StatisticsListener listener) {
        this.listener = listener;
        return this;
    }

    /** Who keeps what the engine knows, so that another can go on from there; nobody by default. */
    public EngineBuilder checkpoints(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        return this;
    }

    /** How it works; {@link EngineSettings#defaults()} by default. */
    public EngineBuilder settings(EngineSettings settings) {
        this.settings = settings;
        return this;
    }

    /** How threads wait for each other; by parking unless a test brings its own. */
    public EngineBuilder pause(Pause pause) {
        this.pause = pause;
        return this;
    }

    /** The clock for flush intervals and elapsed time, nanoseconds; {@link System#nanoTime} by default. */
    public EngineBuilder nanoClock(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * The engine, not yet started.
     *
     * @throws IllegalStateException naming the part that is missing
     */
    public Engine build() {
        return new Engine(
                source.orElseThrow(() -> missing("source")),
                filter,
                decoder,
                matcher.orElseThrow(() -> missing("matcher")),
                stores,
                sink.orElseThrow(() -> missing("sink")),
                listener,
                checkpoints,
                settings,
                pause,
                nanoClock);
    }

    private static IllegalStateException missing(String part) {
        return new IllegalStateException("the engine has no " + part + ": call " + part + "(…) before build()");
    }
}
