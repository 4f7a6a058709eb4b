package io.pairwire.engine.replay;

/** How fast packets follow each other. */
public sealed interface ReplaySpeed {

    /** As they did when they were captured, {@code factor} times as fast. */
    record Captured(double factor) implements ReplaySpeed {
        public Captured {
            check("factor", factor, 1e-6, 1e6);
        }
    }

    /** So many a second, evenly. */
    record PacketRate(double perSecond) implements ReplaySpeed {
        public PacketRate {
            check("packets per second", perSecond, 1e-3, 1e9);
        }
    }

    /** So many bits of frames a second; preamble, checksum and gap of Ethernet not counted. */
    record BitRate(double perSecond) implements ReplaySpeed {
        public BitRate {
            check("bits per second", perSecond, 1, 1e13);
        }
    }

    /** As fast as it goes. */
    record Top() implements ReplaySpeed {}

    private static void check(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(what + " is not in " + least + ".." + most + ": " + value);
        }
    }
}
