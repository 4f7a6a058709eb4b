package io.pairwire.engine.watch;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The files of one round, merged by time. A round ends when each file has been read as far as its goal, or as far as it
 * could be; until then it may be read as far as its limit.
 */
final class FileMerge {
    private static final Comparator<FollowedFile> BY_TURN = (a, b) -> a == b ? 0 : a.isBefore(b) ? -1 : 1;

    /** Is told when there is nothing left to read in a file that is still open. */
    interface Exhausted {
        void exhausted(FollowedFile file) throws IOException;
    }

    private final OpenFiles opened;
    private final Exhausted listener;
    private final PriorityQueue<FollowedFile> open = new PriorityQueue<>(BY_TURN);
    private final PriorityQueue<FollowedFile> waiting = new PriorityQueue<>(BY_TURN);
    private int unsatisfied;
    private long packets;
    private volatile String current = "";

    FileMerge(OpenFiles opened, Exhausted listener) {
        this.opened = opened;
        this.listener = listener;
    }

    /** Is there something left that the round must read? */
    boolean isUnderWay() {
        return unsatisfied > 0;
    }

    /** Packets handed over in all rounds. */
    long packets() {
        return packets;
    }

    /** What results call the file that is being read. */
    String current() {
        return current;
    }

    /** Puts a file where the merge finds it, if it has a packet. */
    void enter(FollowedFile file, boolean many) throws IOException {
        if (file.reader == null && !opened.open(file)) return;
        file.satisfied = false;
        TailReader reader = Objects.requireNonNull(file.reader);
        reader.limit(file.limit);
        if (!opened.advance(reader)) {
            listener.exhausted(file);
            return;
        }
        unsatisfied++;
        if (!many || opened.count() < OpenFiles.LIMIT / 2) {
            open.add(file);
        } else {
            opened.close(file); // its turn is known now
            waiting.add(file);
        }
    }

    /** Hands over packets in the order of time, {@code limit} at most, or to the end of the round. */
    int merge(PacketHandler handler, int limit) throws IOException {
        int handed = 0;
        while (handed < limit && unsatisfied > 0) {
            FollowedFile next = waiting.peek();
            FollowedFile first = open.peek();
            if (next != null && (first == null || next.isBefore(first))) {
                reopen(waiting.remove());
            } else if (first == null) {
                break; // not reached while any is unsatisfied
            } else {
                handed += handOver(open.remove(), handler, limit - handed);
            }
        }
        return handed;
    }

    private void reopen(FollowedFile file) throws IOException {
        if (opened.count() >= OpenFiles.LIMIT) putOneAside();
        boolean more = opened.open(file);
        TailReader reader = file.reader;
        if (more && reader != null) {
            reader.limit(file.limit);
            more = opened.advance(reader);
        }
        if (more) {
            open.add(file);
        } else {
            satisfy(file);
            listener.exhausted(file);
        }
    }

    /** The one whose turn is farthest away. */
    private void putOneAside() throws IOException {
        FollowedFile last = open.peek();
        if (last == null) return; // all are kept open for later rounds
        for (FollowedFile file : open) {
            if (last.isBefore(file)) last = file;
        }
        open.remove(last);
        opened.close(last);
        waiting.add(last);
    }

    /** Hands over packets of a file as long as it is its turn; it is not among the open ones meanwhile. */
    private int handOver(FollowedFile file, PacketHandler handler, int limit) throws IOException {
        TailReader reader = Objects.requireNonNull(file.reader);
        if (!opened.advance(reader)) { // only if a handler threw
            satisfy(file);
            listener.exhausted(file);
            return 0;
        }
        long until = until(file);
        Packet packet = reader.head();
        current = file.name;
        int handed = 0;
        boolean more = true;
        try {
            do {
                reader.take(); // before the call: a handler that throws does not see the packet twice
                packets++;
                handed++;
                handler.onPacket(packet);
                more = opened.advance(reader);
                if (!more || file.position >= file.goal) satisfy(file);
            } while (more && handed < limit && file.turn <= until && unsatisfied > 0);
            return handed;
        } finally {
            if (more) open.add(file);
            else listener.exhausted(file);
        }
    }

    private long until(FollowedFile first) {
        FollowedFile second = open.peek();
        FollowedFile next = waiting.peek();
        if (next != null && (second == null || next.isBefore(second))) second = next;
        return second == null ? Long.MAX_VALUE : first.lastTurnBefore(second);
    }

    private void satisfy(FollowedFile file) {
        if (file.satisfied) return;
        file.satisfied = true;
        unsatisfied--;
    }

    /** Ends the round; files that were not read to their end are told, those that are open need not be. */
    void end(Consumer<FollowedFile> left) {
        waiting.forEach(left);
        waiting.clear();
        open.clear();
        unsatisfied = 0;
    }
}
