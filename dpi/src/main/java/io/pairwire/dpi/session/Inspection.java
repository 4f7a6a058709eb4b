package io.pairwire.dpi.session;

import io.pairwire.dpi.SessionParser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of a session while it is undecided or followed; pooled. */
final class Inspection {
    /** An estimate without buffers, bytes. */
    static final int BYTES = 400;

    private static final int MOST_ASKED = 64;

    final StreamBuffer originator = new StreamBuffer();
    final StreamBuffer responder = new StreamBuffer();
    int payloads;
    long payloadBytes;

    /** Has the originator sent the first payload? */
    boolean originatorFirst;

    /** A protocol that bytes spoke for and that wanted more, or 0. */
    int partial;

    @Nullable
    SessionParser parser;

    int parserProtocol;
    int handOvers;

    // Who was asked, with a word of memory each; negative for NEVER.
    private int[] asked = new int[8];
    private long[] notes = new long[8];
    private int askedCount;
    private int current;

    void reset() {
        originator.reset();
        responder.reset();
        payloads = 0;
        payloadBytes = 0;
        originatorFirst = true;
        partial = 0;
        parser = null;
        parserProtocol = 0;
        handOvers = 0;
        askedCount = 0;
        current = 0;
    }

    StreamBuffer stream(boolean fromOriginator) {
        return fromOriginator ? originator : responder;
    }

    /** Makes the protocol the one whose note counts; false if it said NEVER, or there is no room to remember it. */
    boolean enter(int protocol) {
        for (int i = 0; i < askedCount; i++) {
            if (asked[i] == protocol) {
                current = i;
                return true;
            }
            if (asked[i] == -protocol) return false;
        }
        if (askedCount == MOST_ASKED) return false;
        if (askedCount == asked.length) {
            asked = Arrays.copyOf(asked, 2 * askedCount);
            notes = Arrays.copyOf(notes, 2 * askedCount);
        }
        asked[askedCount] = protocol;
        notes[askedCount] = 0;
        current = askedCount++;
        return true;
    }

    /** The protocol entered last is not to be asked again. */
    void never() {
        asked[current] = -Math.abs(asked[current]);
    }

    void never(int protocol) {
        if (enter(protocol)) never();
    }

    long note() {
        return askedCount == 0 ? 0 : notes[current];
    }

    void note(long note) {
        if (askedCount > 0) notes[current] = note;
    }

    int bytes() {
        return BYTES + originator.allocated() + responder.allocated() + 12 * asked.length;
    }
}
