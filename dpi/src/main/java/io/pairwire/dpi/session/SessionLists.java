package io.pairwire.dpi.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When sessions end for being idle, and who has to go when memory is short.
 *
 * <p>There are four timeouts, so there are four lists in the order of last activity, and what has run out stands at their
 * heads: time may jump as far as it likes, the work is one step for each session that ends. Moving a session to the end at
 * every packet would touch both neighbours, so it moves once a second at most, and those behind it may end a second late.
 * Those who look a session up ask {@link #isOver} first, so that no packet joins a session that has run out.
 */
final class SessionLists {
    static final int USUAL = 0;
    static final int BRIEF = 1;
    static final int ESTABLISHED = 2;
    static final int LIVE = 3;
    private static final int LISTS = 4;
    private static final long GRAIN = 1_000_000_000;

    private final long[] timeouts;
    private final @Nullable TrackedSession[] oldest = new TrackedSession[LISTS];
    private final @Nullable TrackedSession[] newest = new TrackedSession[LISTS];
    private @Nullable TrackedSession oldestUndecided;
    private @Nullable TrackedSession newestUndecided;

    SessionLists(SessionSettings.Timeouts timeouts) {
        this.timeouts = new long[] {
            nanos(timeouts.usual()), nanos(timeouts.brief()), nanos(timeouts.established()), nanos(timeouts.live())
        };
    }

    private static long nanos(Duration timeout) {
        return timeout.toNanos();
    }

    /** A session has begun. */
    void add(TrackedSession session, int list, long now) {
        session.heardNanos = now;
        append(session, list, now);
        session.listedUndecided = true;
        session.olderUndecided = newestUndecided;
        session.newerUndecided = null;
        if (newestUndecided == null) oldestUndecided = session;
        else newestUndecided.newerUndecided = session;
        newestUndecided = session;
    }

    /** A packet came, and perhaps another timeout holds now. */
    void touch(TrackedSession session, int list, long now) {
        session.heardNanos = now;
        if (session.list == list && now - session.listedNanos < Math.min(GRAIN, timeouts[list] >> 3)) return;
        unlink(session);
        append(session, list, now);
    }

    private void append(TrackedSession session, int list, long now) {
        session.list = list;
        session.listedNanos = now;
        TrackedSession last = newest[list];
        session.olderInList = last;
        session.newerInList = null;
        if (last == null) oldest[list] = session;
        else last.newerInList = session;
        newest[list] = session;
    }

    private void unlink(TrackedSession session) {
        TrackedSession older = session.olderInList;
        TrackedSession newer = session.newerInList;
        if (older == null) oldest[session.list] = newer;
        else older.newerInList = newer;
        if (newer == null) newest[session.list] = older;
        else newer.olderInList = older;
        session.olderInList = null;
        session.newerInList = null;
    }

    /** Has it been idle for too long? */
    boolean isOver(TrackedSession session, long now) {
        return now - session.heardNanos > timeouts[session.list];
    }

    /** A session that has run out, or null: one look at each head. */
    @Nullable
    TrackedSession over(long now) {
        for (TrackedSession head : oldest) {
            if (head != null && isOver(head, now)) return head;
        }
        return null;
    }

    /** Who goes next when memory is short: the one undecided for longest, else the one idle for longest; null if none. */
    @Nullable
    TrackedSession victim() {
        if (oldestUndecided != null) return oldestUndecided;
        return anyOldest();
    }

    /** The one idle for longest, within a second; null if there are none. */
    @Nullable
    TrackedSession anyOldest() {
        TrackedSession first = null;
        for (TrackedSession head : oldest) {
            if (head != null && (first == null || head.listedNanos < first.listedNanos)) first = head;
        }
        return first;
    }

    /** It is decided what the session is, or given up. */
    void decided(TrackedSession session) {
        if (!session.listedUndecided) return;
        session.listedUndecided = false;
        TrackedSession older = session.olderUndecided;
        TrackedSession newer = session.newerUndecided;
        if (older == null) oldestUndecided = newer;
        else older.newerUndecided = newer;
        if (newer == null) newestUndecided = older;
        else newer.olderUndecided = older;
        session.olderUndecided = null;
        session.newerUndecided = null;
    }

    /** The session is over. */
    void remove(TrackedSession session) {
        decided(session);
        unlink(session);
    }
}
