package io.pairwire.live;

import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Several interfaces as one source, polled by one thread. Packets of one interface keep their order; those of different ones
 * come as their rings are read, some milliseconds out of order. {@link io.pairwire.capture.Packet#file()} tells the interface.
 */
public final class LiveGroup implements PacketSource {
    private static final long BUSY_NANOS = 400_000;
    private static final long IDLE_NANOS = 1_000_000;
    private static final int IDLE_ROUNDS = 5;

    private final List<LiveSource> sources;
    private final boolean[] ended;
    private int left;
    private int next;
    private int emptyRounds;

    private LiveGroup(List<LiveSource> sources) {
        this.sources = List.copyOf(sources);
        ended = new boolean[sources.size()];
        left = sources.size();
    }

    /**
     * Opens all of them, or none.
     *
     * @param settings one for each interface; their {@code file} is set to their place here
     */
    public static LiveGroup open(List<LiveSettings> settings) throws IOException {
        return open(settings, LiveSource::open);
    }

    /** How a source is opened, for those who know more about it than its settings. */
    @FunctionalInterface
    public interface Opening {
        /** Opens one. */
        LiveSource open(LiveSettings settings) throws IOException;
    }

    /** As the other, in a way of one's own. */
    public static LiveGroup open(List<LiveSettings> settings, Opening opening) throws IOException {
        if (settings.isEmpty()) throw new IllegalArgumentException("no interface");
        var opened = new ArrayList<LiveSource>();
        try {
            for (int i = 0; i < settings.size(); i++) {
                opened.add(opening.open(settings.get(i).withFile(i)));
            }
            return new LiveGroup(opened);
        } catch (IOException | RuntimeException e) {
            for (LiveSource source : opened) source.close();
            throw e;
        }
    }

    /** In the order of the settings. */
    public List<LiveSource> sources() {
        return sources;
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        if (sources.size() == 1) return sources.getFirst().poll(handler, limit);
        int handed = pollAll(handler, limit);
        if (handed != 0) {
            emptyRounds = 0;
            return handed;
        }
        if (limit > 0) LockSupport.parkNanos(emptyRounds++ < IDLE_ROUNDS ? BUSY_NANOS : IDLE_NANOS);
        return pollAll(handler, limit);
    }

    private int pollAll(PacketHandler handler, int limit) throws IOException {
        int handed = 0;
        for (int i = 0; i < sources.size() && left > 0; i++) {
            int place = next;
            next = next + 1 == sources.size() ? 0 : next + 1; // so that a busy one does not starve the others
            if (ended[place]) continue;
            int more = sources.get(place).pollNow(handler, limit - handed);
            if (more == END) {
                ended[place] = true;
                left--;
            } else {
                handed += more;
            }
        }
        return left == 0 && handed == 0 && limit > 0 ? END : handed;
    }

    /** Ends all of them; see {@link LiveSource#stop}. */
    public void stop() throws IOException {
        for (LiveSource source : sources) source.stop();
    }

    /** All together. */
    public LiveStatistics liveStatistics() throws IOException {
        LiveStatistics sum = LiveStatistics.NONE;
        for (LiveSource source : sources) sum = sum.plus(source.liveStatistics());
        return sum;
    }

    /** How full the fullest ring is, 0 to 1. */
    public double ringFill() {
        return sources.stream().mapToDouble(LiveSource::ringFill).max().orElse(0);
    }

    @Override
    public String fileName(int file) {
        return sources.get(file).fileName(0);
    }

    @Override
    public SourceStatistics statistics() {
        int done = 0;
        long packets = 0;
        long bytes = 0;
        for (LiveSource source : sources) {
            SourceStatistics one = source.statistics();
            done += one.filesDone();
            packets += one.packets();
            bytes += one.bytes();
        }
        return new SourceStatistics(sources.size(), done, 0, packets, bytes, 0, List.of());
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (LiveSource source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        if (first != null) throw first;
    }
}
