package io.pairwire.engine.generate;

import java.util.List;

/** Packets sent together that no pairing can use, and why not. */
record Noise(Tap.Reason reason, List<byte[]> frames) {

    static Noise of(Tap.Reason reason, byte[]... frames) {
        return new Noise(reason, List.of(frames));
    }
}
