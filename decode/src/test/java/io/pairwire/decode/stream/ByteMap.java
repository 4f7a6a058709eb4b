package io.pairwire.decode.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The obviously right way to put bytes in order: one entry a byte. What is given up is -1. */
final class ByteMap {
    private record Held(int value, long from, long to) {}

    final List<Integer> delivered = new ArrayList<>();
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private final Precedence precedence;
    private final boolean keepsAll;

    long beforeStart;
    long duplicate;
    long conflicting;

    ByteMap(Precedence precedence) {
        this(precedence, false);
    }

    /** @param keepsAll does it wait for the whole, and hand nothing over before? */
    ByteMap(Precedence precedence, boolean keepsAll) {
        this.precedence = precedence;
        this.keepsAll = keepsAll;
    }

    void arrive(long from, byte[] bytes) {
        long to = from + bytes.length;
        long next = delivered.size();
        for (int i = 0; i < bytes.length; i++) {
            long offset = from + i;
            var arriving = new Held(bytes[i], from, to);
            Held old = held.get(offset);
            if (offset < 0) {
                beforeStart++;
            } else if (offset < next) {
                duplicate++;
            } else if (old == null) {
                held.put(offset, arriving);
            } else { // another copy of it waits
                if (old.value == arriving.value) duplicate++;
                else conflicting++;
                if (precedence.prefersArriving(old.from, old.to, from, to)) held.put(offset, arriving);
            }
        }
        if (!keepsAll) deliver();
    }

    private void deliver() {
        for (Held next = held.remove((long) delivered.size());
                next != null;
                next = held.remove((long) delivered.size())) {
            delivered.add(next.value);
        }
    }

    /** Gives up all gaps, up to an end if there is one. */
    void finish(long end) {
        while (!held.isEmpty()) {
            giveUpTo(held.firstKey());
            deliver();
        }
        giveUpTo(end);
    }

    private void giveUpTo(long offset) {
        while (delivered.size() < offset) delivered.add(-1);
    }

    int held() {
        return held.size();
    }

    /** Everything held, in order, if it has no gaps and begins at 0. */
    byte[] whole() {
        byte[] bytes = new byte[held.size()];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) held.get((long) i).value;
        return bytes;
    }
}
