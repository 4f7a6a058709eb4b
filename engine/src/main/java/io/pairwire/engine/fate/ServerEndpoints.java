package io.pairwire.engine.fate;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.PairObserver;

/**
 * Addresses and ports that answered, learned from pairs: what tells whether a packet without partner asks or answers. The
 * first {@value #MOST} are remembered. Belongs to one thread at a time; learning allocates nothing once it has grown.
 */
public final class ServerEndpoints implements PairObserver {
    /** Endpoints remembered. */
    public static final int MOST = 1 << 16;

    private long[] highs = new long[256];
    private long[] lows = new long[256];
    private int[] ports = new int[256]; // one more than the port, 0 where the place is free
    private int count;

    /** Knows nobody yet. */
    public ServerEndpoints() {}

    @Override
    public void onPair(MatchedPair pair) {
        add(pair.serverHigh(), pair.serverLow(), pair.serverPort());
    }

    private void add(long high, long low, int port) {
        int place = place(high, low, port);
        if (ports[place] != 0 || count == MOST) return;
        if (count * 2 >= ports.length) {
            enlarge();
            place = place(high, low, port);
        }
        put(place, high, low, port);
        count++;
    }

    private void put(int place, long high, long low, int port) {
        highs[place] = high;
        lows[place] = low;
        ports[place] = port + 1;
    }

    private int place(long high, long low, int port) {
        long x = (high * 0x9e37_79b9_7f4a_7c15L ^ low) * 0xbf58_476d_1ce4_e5b9L + port;
        int place = (int) (x * 0xd6e8_feb8_6659_fd93L >>> 32) & ports.length - 1;
        while (ports[place] != 0 && (ports[place] != port + 1 || lows[place] != low || highs[place] != high)) {
            place = place + 1 & ports.length - 1;
        }
        return place;
    }

    private void enlarge() {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        int[] oldPorts = ports;
        highs = new long[oldHighs.length * 2];
        lows = new long[oldLows.length * 2];
        ports = new int[oldPorts.length * 2];
        for (int i = 0; i < oldPorts.length; i++) {
            if (oldPorts[i] == 0) continue;
            int port = oldPorts[i] - 1;
            put(place(oldHighs[i], oldLows[i], port), oldHighs[i], oldLows[i], port);
        }
    }

    /** Has that endpoint answered? The upper half of an IPv4 address is 0. */
    public boolean contains(long high, long low, int port) {
        return ports[place(high, low, port)] != 0;
    }

    /** Endpoints known. */
    public int count() {
        return count;
    }
}
