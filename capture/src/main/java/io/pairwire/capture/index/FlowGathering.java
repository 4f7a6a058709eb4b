package io.pairwire.capture.index;

import java.util.Arrays;

/**
 * The flows of up to {@value #PACKETS} packets while an index is made, and the packets of each.
 *
 * <pre>
 *  a flow                                            its packets, each
 *  +----------+-------+-----------+--------------+   +-----------------------+---------------------+
 *  | rest 48  | lower | upper     | bytes of its |   | numbers since the one | bytes since the one |
 *  | bits     | 32    | 32        | packets      |   | before                | before              |
 *  +----------+-------+-----------+--------------+   +-----------------------+---------------------+
 * </pre>
 *
 * <p>The last of a flow, and both of a packet, are numbers of seven bits a byte. Flows stand in the order of their first
 * packets, each of which is counted from the first packet of the flow before. So a packet with a flow of its own takes 18
 * bytes, others 4 to 8.
 */
final class FlowGathering {
    static final int PACKETS = 1 << 19;

    /** Bytes of a flow without the length of its packets. */
    static final int FLOW = 14;

    private static final int TABLE = 1 << 20;
    private static final int NONE = -1;

    private final int[] table = new int[TABLE];
    private final int[] nextPacket = new int[PACKETS];
    private final long[] positions = new long[PACKETS];
    private long[] addresses = new long[1 << 12];
    private long[] rests = new long[1 << 12];
    private int[] firsts = new int[1 << 12];
    private int[] lasts = new int[1 << 12];
    private int flows;
    private int packets;

    FlowGathering() {
        Arrays.fill(table, NONE);
    }

    void clear() {
        Arrays.fill(table, NONE);
        flows = 0;
        packets = 0;
    }

    int flows() {
        return flows;
    }

    /** Adds the next packet; {@code position} counts from the first one's. */
    void add(FlowTuple tuple, long position) {
        int flow = flow(tuple.addresses(), tuple.rest());
        int packet = packets++;
        positions[packet] = position;
        nextPacket[packet] = NONE;
        if (lasts[flow] == NONE) firsts[flow] = packet;
        else nextPacket[lasts[flow]] = packet;
        lasts[flow] = packet;
    }

    private int flow(long address, long rest) {
        long mixed = (address ^ rest * 0x9e3779b97f4a7c15L) * 0xd6e8feb86659fd93L;
        int at = (int) (mixed >>> 44);
        while (table[at] != NONE) {
            int flow = table[at];
            if (addresses[flow] == address && rests[flow] == rest) return flow;
            at = at + 1 & TABLE - 1;
        }
        if (flows == addresses.length) grow();
        table[at] = flows;
        addresses[flows] = address;
        rests[flows] = rest;
        lasts[flows] = NONE;
        return flows++;
    }

    private void grow() {
        int length = 2 * flows;
        addresses = Arrays.copyOf(addresses, length);
        rests = Arrays.copyOf(rests, length);
        firsts = Arrays.copyOf(firsts, length);
        lasts = Arrays.copyOf(lasts, length);
    }

    /** Writes flows and packets. */
    void encode(Varints flowBytes, Varints postingBytes) {
        int before = 0;
        for (int flow = 0; flow < flows; flow++) {
            int start = postingBytes.length();
            int last = before;
            for (int packet = firsts[flow]; packet != NONE; packet = nextPacket[packet]) {
                postingBytes.put(packet - last);
                postingBytes.put(positions[packet] - positions[last]);
                last = packet;
            }
            before = firsts[flow];
            flowBytes.putFixed(rests[flow], 6);
            flowBytes.putFixed(addresses[flow], 8);
            flowBytes.put(postingBytes.length() - start);
        }
    }
}
