package io.pairwire.engine.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * One TCP session as both captures show it.
 *
 * @param who its endpoints, in the direction that was seen first
 * @param a what A shows
 * @param b what B shows
 */
public record SessionDifference(Endpoints who, View a, View b) {

    /**
     * A session in one capture.
     *
     * @param packets all of it
     * @param bytes of payload, what was sent again counted again
     * @param retransmissions segments that brought nothing new
     * @param hello tells one TLS ClientHello from another, within one comparison; 0 without
     */
    public record View(
            int packets, long bytes, int syns, int synAcks, int fins, int resets, int retransmissions, int hello) {

        /** Not there. */
        static final View NONE = new View(0, 0, 0, 0, 0, 0, 0, 0);

        /** Were both packets seen that open it? */
        public boolean hasHandshake() {
            return syns > 0 && synAcks > 0;
        }
    }

    /** Does anything differ that matters to a session? Numbers of packets alone do not. */
    public boolean differs() {
        return !what().isEmpty();
    }

    /** What differs: {@code handshake}, {@code resets} and so on; empty if nothing does. */
    public List<String> what() {
        var what = new ArrayList<String>();
        if (a.packets == 0) return List.of("only_in_b");
        if (b.packets == 0) return List.of("only_in_a");
        if (a.hasHandshake() != b.hasHandshake()) what.add("handshake");
        if (a.resets != b.resets) what.add("resets");
        if (a.fins > 0 != b.fins > 0) what.add("end");
        if (a.retransmissions != b.retransmissions) what.add("retransmissions");
        if (a.hello != b.hello) what.add("client_hello");
        if (a.bytes != b.bytes) what.add("bytes");
        return what;
    }

    /** How much differs, for the order of telling. */
    long weight() {
        long resets = Math.abs((long) a.resets - b.resets);
        boolean opening = a.hasHandshake() != b.hasHandshake() || a.hello != b.hello;
        return Math.abs((long) a.packets - b.packets) + 100 * resets + (opening ? 1_000 : 0);
    }
}
