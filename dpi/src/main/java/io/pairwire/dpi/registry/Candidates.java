package io.pairwire.dpi.registry;

/** Who is worth asking about one payload, most promising first; at most {@value #MOST}, each once. Reused. */
public final class Candidates {
    /** Kept at most: the least promising go. */
    public static final int MOST = 12;

    private final int[] protocols = new int[MOST];
    private final int[] weights = new int[MOST];
    private int count;

    /** Nobody yet. */
    public Candidates() {}

    void clear() {
        count = 0;
    }

    /** Adds a candidate, or weight to one that is there. */
    void add(int protocol, int weight) {
        int at = 0;
        while (at < count && protocols[at] != protocol) at++;
        int sum = weight;
        if (at < count) {
            sum += weights[at];
        } else if (count < MOST) {
            count++;
        } else {
            at = MOST - 1;
            if (weights[at] >= weight) return;
        }
        for (; at > 0 && weights[at - 1] < sum; at--) {
            protocols[at] = protocols[at - 1];
            weights[at] = weights[at - 1];
        }
        protocols[at] = protocol;
        weights[at] = sum;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The protocol at that place. */
    public int protocol(int index) {
        return protocols[index];
    }

    /** Does more than a port or a length speak for the one at that place? */
    public boolean isBacked(int index) {
        return weights[index] >= TriggerTable.BACKED + TriggerTable.TELLING;
    }
}
