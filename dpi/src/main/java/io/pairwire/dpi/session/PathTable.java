package io.pairwire.dpi.session;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.registry.Catalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Paths of protocols as numbers, and what was counted on each. A path is a parent and one protocol more; 0 is the empty path.
 * {@value #MOST} are kept apart; whatever comes then counts as its parent. Not thread-safe.
 */
final class PathTable {
    static final int MOST = 1 << 16;
    private static final int FIRST = 256;

    private final ErrorCounts errors;
    private Catalogue catalogue;
    private int[] parents = new int[FIRST];
    private int[] protocols = new int[FIRST];
    private long[] packets = new long[FIRST];
    private long[] bytes = new long[FIRST];
    private long[] payload = new long[FIRST];
    private long[] sessions = new long[FIRST];
    private long[] first = new long[FIRST];
    private long[] last = new long[FIRST];
    private String[] texts = new String[FIRST];
    private int count = 1;

    // Open addressing: the key is parent and protocol, the value a path.
    private long[] keys = new long[2 * FIRST];
    private int[] values = new int[2 * FIRST];

    PathTable(Catalogue catalogue, ErrorCounts errors) {
        this.errors = errors;
        this.catalogue = catalogue;
        texts[0] = "";
    }

    /** Protocols may have been added; numbers of those before stay. */
    void use(Catalogue newer) {
        catalogue = newer;
    }

    /** The path that has one protocol more. */
    int child(int parent, int protocol) {
        long key = (long) (parent + 1) << 32 | protocol;
        int mask = keys.length - 1;
        int at = place(key, mask);
        while (keys[at] != 0) {
            if (keys[at] == key) return values[at];
            at = at + 1 & mask;
        }
        if (count == MOST) {
            errors.count(ErrorCode.PATHS_EXHAUSTED);
            return parent;
        }
        if (count == parents.length) {
            grow();
            return child(parent, protocol);
        }
        keys[at] = key;
        values[at] = count;
        parents[count] = parent;
        protocols[count] = protocol;
        texts[count] = (parent == 0 ? "" : texts[parent] + ".") + catalogue.name(protocol);
        first[count] = Long.MAX_VALUE;
        last[count] = Long.MIN_VALUE;
        return count++;
    }

    private static int place(long key, int mask) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & mask;
    }

    private void grow() {
        int larger = 2 * parents.length;
        parents = Arrays.copyOf(parents, larger);
        protocols = Arrays.copyOf(protocols, larger);
        packets = Arrays.copyOf(packets, larger);
        bytes = Arrays.copyOf(bytes, larger);
        payload = Arrays.copyOf(payload, larger);
        sessions = Arrays.copyOf(sessions, larger);
        first = Arrays.copyOf(first, larger);
        last = Arrays.copyOf(last, larger);
        texts = Arrays.copyOf(texts, larger);
        keys = new long[2 * larger];
        values = new int[2 * larger];
        int mask = keys.length - 1;
        for (int path = 1; path < count; path++) {
            long key = (long) (parents[path] + 1) << 32 | protocols[path];
            int at = place(key, mask);
            while (keys[at] != 0) at = at + 1 & mask;
            keys[at] = key;
            values[at] = path;
        }
    }

    /** Is that protocol the last of the path? */
    boolean endsWith(int path, int protocol) {
        return path != 0 && protocols[path] == protocol;
    }

    String text(int path) {
        return texts[path];
    }

    void count(int path, int wireBytes, int payloadBytes, long epochNanos) {
        packets[path]++;
        bytes[path] += wireBytes;
        payload[path] += payloadBytes;
        if (epochNanos < first[path]) first[path] = epochNanos;
        if (epochNanos > last[path]) last[path] = epochNanos;
    }

    void sessionBegan(int path) {
        sessions[path]++;
    }

    /** A session turned out to be of another path: what it counted so far moves there. */
    void move(TrackedSession session, int to) {
        int from = session.pathNumber;
        if (from == to) return;
        long itsPackets = session.originator.packets + session.responder.packets;
        long itsBytes = session.originator.bytes + session.responder.bytes;
        long itsPayload = session.originator.payloadBytes + session.responder.payloadBytes;
        packets[from] -= itsPackets;
        bytes[from] -= itsBytes;
        payload[from] -= itsPayload;
        sessions[from]--;
        packets[to] += itsPackets;
        bytes[to] += itsBytes;
        payload[to] += itsPayload;
        sessions[to]++;
        if (session.firstNanos < first[to]) first[to] = session.firstNanos;
        if (session.lastNanos > last[to]) last[to] = session.lastNanos;
        session.pathNumber = to;
    }

    /** Paths with packets, in the order of their text. */
    List<PathStatistics> statistics() {
        var all = new ArrayList<PathStatistics>();
        for (int path = 0; path < count; path++) {
            if (packets[path] == 0) continue;
            all.add(new PathStatistics(
                    texts[path], packets[path], bytes[path], payload[path], sessions[path], first[path], last[path]));
        }
        all.sort((one, other) -> one.path().compareTo(other.path()));
        return List.copyOf(all);
    }
}
