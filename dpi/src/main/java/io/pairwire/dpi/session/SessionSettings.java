package io.pairwire.dpi.session;

import java.time.Duration;

/**
 * What an {@link Inspector} may use, and how it decides.
 *
 * @param memory bytes that sessions, what is known of them and what waits to be recognised may take, 1 MB at least; the
 *     session that has been undecided for longest goes first, then the one idle for longest
 * @param timeouts after how long without a packet a session ends, in event time
 * @param tcpPackets segments with payload of a TCP session that are looked at before giving up, from 1 to 255
 * @param datagrams the same for datagrams
 * @param guessing are sessions that nobody recognised guessed by address and port?
 */
public record SessionSettings(long memory, Timeouts timeouts, int tcpPackets, int datagrams, boolean guessing) {
    private static final long LEAST_MEMORY = 1 << 20;

    public SessionSettings {
        if (memory < LEAST_MEMORY) throw new IllegalArgumentException("memory is below 1 MB: " + memory);
        if (tcpPackets < 1 || tcpPackets > 255) {
            throw new IllegalArgumentException("packets of TCP are not in 1..255: " + tcpPackets);
        }
        if (datagrams < 1 || datagrams > 255) {
            throw new IllegalArgumentException("datagrams are not in 1..255: " + datagrams);
        }
    }

    /**
     * How long without a packet.
     *
     * @param usual for datagrams and everything else
     * @param brief for TCP that was not established, or that ended
     * @param established for TCP
     * @param live for TCP whose handshake was seen and that has carried payload both ways
     */
    public record Timeouts(Duration usual, Duration brief, Duration established, Duration live) {
        public Timeouts {
            check("usual", usual);
            check("brief", brief);
            check("established", established);
            check("live", live);
        }

        private static void check(String name, Duration timeout) {
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(36_500)) > 0) {
                throw new IllegalArgumentException(name + " timeout is not in 1 ns..100 years: " + timeout);
            }
        }

        /** 60, 15, 600 and 1500 s. */
        public static Timeouts defaults() {
            return new Timeouts(
                    Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(600), Duration.ofSeconds(1500));
        }
    }

    /** 256 MB, or a third of the heap if that is less; 60, 15, 600 and 1500 s; 16 segments, 8 datagrams; guessing. */
    public static SessionSettings defaults() {
        long third = Runtime.getRuntime().maxMemory()
                / 3; // what is kept beside sessions, and what is garbage, needs room too
        return new SessionSettings(Math.min(256 << 20, third), Timeouts.defaults(), 16, 8, true);
    }

    public SessionSettings withMemory(long memory) {
        return new SessionSettings(memory, timeouts, tcpPackets, datagrams, guessing);
    }

    public SessionSettings withTimeouts(Timeouts timeouts) {
        return new SessionSettings(memory, timeouts, tcpPackets, datagrams, guessing);
    }

    public SessionSettings withGuessing(boolean guessing) {
        return new SessionSettings(memory, timeouts, tcpPackets, datagrams, guessing);
    }
}
