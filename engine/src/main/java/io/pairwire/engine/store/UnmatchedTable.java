package io.pairwire.engine.store;

import java.io.IOException;

/** The unmatched store: 32 bytes an entry and 10 to 20 to find it, no object an entry, no pause to grow. */
public final class UnmatchedTable implements UnmatchedStore {
    /*
     * Keys are mixed on the way in, one to one, so that keys of any kind spread over the pages of the directory, which
     * lead to entries, one a key. What does not fit an entry (a second packet under the same key, a later transmission)
     * turns its reference into a negative link to a chain. So a flood of equal packets is a long queue and never a long
     * probe.
     *
     * Eviction is exact, oldest first: when the shard is full one pass gathers the oldest eighth in order, and these are
     * given up one by one while they still wait. A packet that comes later but bears an earlier time than one of those
     * joins them at its place.
     */
    private static final int MOST_EVICTIONS = 1 << 16;

    /** Entries too old for the packet at hand that one look passes over; further ones are given up for good. */
    private static final int PATIENCE = 64;

    /** Entries of a chain that one look passes over at most: a bound on work that only absurd times ever reach. */
    private static final int MOST_PASSED = 4096;

    private final GivenUp givenUp;
    private long expiryNanos;
    private long retentionNanos;
    private long limit;
    private Chains chains = new Chains();
    private OldestFirst oldest = new OldestFirst(0);
    private Directory directory = new Directory();
    private Entries entries = new Entries();

    private long outstanding;
    private long stored;
    private long expired;
    private long evicted;

    private int sweepNumber;
    private long sweepOldest = Long.MAX_VALUE;
    private long nothingBefore = Long.MAX_VALUE;

    /**
     * @param expiryNanos the largest time between partners, at least 0
     * @param limit entries it may hold, at least 1
     */
    public UnmatchedTable(long expiryNanos, long limit) {
        this(expiryNanos, limit, GivenUp.NOBODY);
    }

    /** The same, with somebody who is told of each entry that is given up. */
    public UnmatchedTable(long expiryNanos, long limit, GivenUp givenUp) {
        this.givenUp = givenUp;
        bound(expiryNanos, limit);
    }

    private void bound(long expiryNanos, long limit) {
        if (expiryNanos < 0) throw new IllegalArgumentException("expiry is negative: " + expiryNanos);
        if (limit < 1) throw new IllegalArgumentException("limit is below 1: " + limit);
        this.expiryNanos = expiryNanos;
        this.retentionNanos = expiryNanos > Long.MAX_VALUE / 4 ? Long.MAX_VALUE / 2 : 2 * expiryNanos;
        this.limit = Math.min(limit, Entries.MOST);
    }

    @Override
    public void change(long expiryNanos, long limit, long clock) {
        bound(expiryNanos, limit);
        oldest = new OldestFirst(0); // its length depends on the limit
        while (outstanding > limit) makeRoom(clock);
    }

    @Override
    public void forEach(EntryHandler handler) throws IOException {
        for (int number = 0; number < entries.end(); number++) {
            long waiting = entries.waiting(number);
            if (waiting > 0) {
                long time = entries.time(number);
                handler.onEntry(entries.keyLow(number), entries.keyHigh(number), time, time, waiting);
            } else if (waiting < 0) {
                forEach(chain(waiting), entries.keyLow(number), entries.keyHigh(number), handler);
            }
        }
    }

    private void forEach(int chain, long place, long keyHigh, EntryHandler handler) throws IOException {
        for (int queue = 0; queue < 2; queue++) {
            for (int node = chains.first(chain, queue); node >= 0; node = chains.next(node)) {
                handler.onEntry(place, keyHigh, chains.time(node), chains.last(node), chains.reference(node));
            }
        }
    }

    @Override
    public void restore(long place, long keyHigh, long epochNanos, long lastEpochNanos, long reference) {
        int slot = directory.page(place).find(entries, place, keyHigh);
        if (slot < 0) {
            put(place, keyHigh, epochNanos, reference);
            if (lastEpochNanos != epochNanos) {
                Page page = directory.page(place);
                int chain = chainOf(page.entry(page.find(entries, place, keyHigh)));
                chains.last(chains.first(chain, PacketReference.queue(reference)), lastEpochNanos);
            }
        } else {
            int chain = chainOf(directory.page(place).entry(slot));
            chains.append(chain, PacketReference.queue(reference), epochNanos, reference, lastEpochNanos);
        }
        outstanding++;
        nothingBefore = Math.min(nothingBefore, epochNanos);
        sweepOldest = Math.min(sweepOldest, epochNanos);
    }

    /** Spreads keys; different keys stay different, for {@code keyHigh} is compared as it is. */
    private static long mix(long keyLow, long keyHigh) {
        long x = keyLow ^ keyHigh * 0x9e37_79b9_7f4a_7c15L;
        return (x ^ x >>> 32) * 0xd6e8_feb8_6659_fd93L;
    }

    @Override
    public long touch(long keyLow, long keyHigh) {
        long place = mix(keyLow, keyHigh);
        return directory.page(place).touch(place);
    }

    @Override
    public boolean takeOrStore(
            long keyLow, long keyHigh, long epochNanos, long reference, long clock, Partner partner) {
        long place = mix(keyLow, keyHigh);
        Page page = directory.page(place);
        int slot = page.find(entries, place, keyHigh);
        if (slot >= 0 && take(page, slot, epochNanos, reference, clock, partner)) return true;
        if (slot >= 0 || outstanding >= limit || page.isFull()) {
            storeSlowly(place, keyHigh, epochNanos, reference, clock);
        } else {
            page.put(~slot, place, entries.take(place, keyHigh, epochNanos, reference));
        }
        if (oldest.isListed()) oldest.join(epochNanos, reference, place, keyHigh);
        outstanding++;
        stored++;
        nothingBefore = Math.min(nothingBefore, epochNanos);
        sweepOldest = Math.min(sweepOldest, epochNanos);
        return false;
    }

    private boolean take(Page page, int slot, long epochNanos, long reference, long clock, Partner partner) {
        int number = page.entry(slot);
        long waiting = entries.reference(number);
        if (waiting < 0) return takeFromChain(page, slot, epochNanos, reference, clock, partner);
        long time = entries.time(number);
        if (!PacketReference.opposite(waiting, reference) || !near(time, epochNanos) || isStale(time, clock)) {
            return false;
        }
        partner.set(time, time, waiting);
        remove(page, slot);
        outstanding--;
        return true;
    }

    private void remove(Page page, int slot) {
        entries.giveBack(page.entry(slot));
        page.remove(slot);
    }

    /** An entry for a key that has none. */
    private void put(long place, long keyHigh, long epochNanos, long reference) {
        Page page = directory.page(place);
        if (page.isFull()) {
            directory.grow(place);
            page = directory.page(place);
        }
        int slot = page.find(entries, place, keyHigh);
        page.put(~slot, place, entries.take(place, keyHigh, epochNanos, reference));
    }

    private boolean takeFromChain(Page page, int slot, long epochNanos, long reference, long clock, Partner partner) {
        int number = page.entry(slot);
        int chain = chain(entries.reference(number));
        int queue = PacketReference.answerQueue(reference);
        int previous = -1;
        int passed = 0;
        int node = chains.first(chain, queue);
        while (node >= 0 && passed < MOST_PASSED) {
            int next = chains.next(node);
            long time = chains.time(node);
            if (isStale(time, clock) || passed > PATIENCE && epochNanos - time > expiryNanos) {
                givenUp.expired(chains.reference(node), time, entries.keyHigh(number));
                chains.remove(chain, queue, node, previous);
                outstanding--;
                expired++;
            } else if (near(time, epochNanos)) {
                partner.set(time, chains.last(node), chains.reference(node));
                chains.remove(chain, queue, node, previous);
                outstanding--;
                dropIfEmpty(page, slot, chain);
                return true;
            } else {
                previous = node;
                passed++;
            }
            node = next;
        }
        dropIfEmpty(page, slot, chain);
        return false;
    }

    private boolean near(long one, long other) {
        return Math.abs(one - other) <= expiryNanos;
    }

    private boolean isStale(long time, long clock) {
        return clock - time > retentionNanos;
    }

    private boolean dropIfEmpty(Page page, int slot, int chain) {
        if (chains.entries(chain) != 0) return false;
        chains.free(chain);
        remove(page, slot);
        return true;
    }

    /** Stores where something stands in the way: a full shard, a full page, or a packet under the same key. */
    private void storeSlowly(long place, long keyHigh, long epochNanos, long reference, long clock) {
        if (outstanding >= limit) makeRoom(clock);
        Page page = directory.page(place);
        int slot = page.find(entries, place, keyHigh);
        if (slot < 0) {
            put(place, keyHigh, epochNanos, reference);
        } else {
            int chain = chainOf(page.entry(slot));
            chains.append(chain, PacketReference.queue(reference), epochNanos, reference, epochNanos);
        }
    }

    /** The chain of an entry, made if the entry still is a single packet. */
    private int chainOf(int number) {
        long waiting = entries.reference(number);
        if (waiting < 0) return chain(waiting);
        int chain = chains.create();
        long time = entries.time(number);
        chains.append(chain, PacketReference.queue(waiting), time, waiting, time);
        entries.reference(number, Long.MIN_VALUE | chain);
        return chain;
    }

    private static int chain(long reference) {
        return (int) (reference & Integer.MAX_VALUE);
    }

    @Override
    public boolean retransmitted(long keyLow, long keyHigh, long reference, long lastEpochNanos) {
        long place = mix(keyLow, keyHigh);
        Page page = directory.page(place);
        int slot = page.find(entries, place, keyHigh);
        if (slot < 0) return false;
        int number = page.entry(slot);
        long waiting = entries.reference(number);
        if (waiting >= 0 && !PacketReference.same(waiting, reference)) return false;
        int chain = chainOf(number);
        int queue = PacketReference.queue(reference);
        int passed = 0;
        for (int node = chains.first(chain, queue); node >= 0; node = chains.next(node)) {
            if (PacketReference.same(chains.reference(node), reference)) {
                chains.retransmitted(node, lastEpochNanos);
                return true;
            }
            if (++passed == MOST_PASSED) break;
        }
        return false;
    }

    // --- giving up

    @Override
    public void sweep(long clock, int places) {
        if (!isStale(nothingBefore, clock) || outstanding == 0) return;
        for (int i = 0; i < places; i++) {
            if (sweepNumber >= entries.end()) {
                sweepNumber = 0;
                nothingBefore = Math.max(nothingBefore, sweepOldest);
                sweepOldest = Long.MAX_VALUE;
                if (!isStale(nothingBefore, clock)) return;
            }
            sweepEntry(sweepNumber++, clock);
        }
    }

    private void sweepEntry(int number, long clock) {
        long waiting = entries.waiting(number);
        if (waiting == 0) return;
        long keyHigh = entries.keyHigh(number);
        if (waiting > 0) {
            long time = entries.time(number);
            if (!isStale(time, clock)) {
                sweepOldest = Math.min(sweepOldest, time);
                return;
            }
            givenUp.expired(waiting, time, keyHigh);
            remove(number);
            outstanding--;
            expired++;
            return;
        }
        int chain = chain(waiting);
        for (int queue = 0; queue < 2; queue++) {
            int node = chains.first(chain, queue);
            while (node >= 0 && isStale(chains.time(node), clock)) {
                int next = chains.next(node);
                givenUp.expired(chains.reference(node), chains.time(node), keyHigh);
                chains.remove(chain, queue, node, -1);
                outstanding--;
                expired++;
                node = next;
            }
            if (node >= 0) sweepOldest = Math.min(sweepOldest, chains.time(node));
        }
        if (chains.entries(chain) != 0) return;
        chains.free(chain);
        remove(number);
    }

    private void remove(int number) {
        long place = entries.keyLow(number);
        Page page = directory.page(place);
        page.remove(page.find(entries, place, entries.keyHigh(number)));
        entries.giveBack(number);
    }

    private void makeRoom(long clock) {
        while (true) {
            while (!oldest.advance()) gatherOldest();
            if (evict(oldest.keyLow(), oldest.keyHigh(), oldest.reference(), clock)) return;
        }
    }

    private void gatherOldest() {
        if (oldest.capacity() == 0) oldest = new OldestFirst(Math.clamp(limit / 8, 1, MOST_EVICTIONS));
        oldest.clear();
        for (int number = 0; number < entries.end(); number++) {
            long waiting = entries.waiting(number);
            if (waiting > 0) {
                oldest.offer(entries.time(number), waiting, entries.keyLow(number), entries.keyHigh(number));
            } else if (waiting < 0) {
                offerChain(chain(waiting), entries.keyLow(number), entries.keyHigh(number));
            }
        }
        oldest.sort();
    }

    private void offerChain(int chain, long place, long keyHigh) {
        for (int queue = 0; queue < 2; queue++) {
            for (int node = chains.first(chain, queue); node >= 0; node = chains.next(node)) {
                oldest.offer(chains.time(node), chains.reference(node), place, keyHigh);
            }
        }
    }

    /** Gives up that entry if it still waits. */
    private boolean evict(long place, long keyHigh, long reference, long clock) {
        Page page = directory.page(place);
        int slot = page.find(entries, place, keyHigh);
        if (slot < 0) return false;
        int number = page.entry(slot);
        long waiting = entries.reference(number);
        if (waiting >= 0) {
            if (!PacketReference.same(waiting, reference)) return false;
            giveUp(waiting, entries.time(number), keyHigh, clock);
            remove(page, slot);
            return true;
        }
        int chain = chain(waiting);
        int queue = PacketReference.queue(reference);
        int first = chains.first(chain, queue);
        int node = first;
        int previous = -1;
        for (int passed = 0; node >= 0 && !PacketReference.same(chains.reference(node), reference); passed++) {
            if (passed == PATIENCE) { // a long queue of equal packets: any of its oldest will do
                node = first;
                previous = -1;
                break;
            }
            previous = node;
            node = chains.next(node);
        }
        if (node < 0) return false;
        giveUp(chains.reference(node), chains.time(node), keyHigh, clock);
        chains.remove(chain, queue, node, previous);
        dropIfEmpty(page, slot, chain);
        return true;
    }

    /** An entry that is past its expiry when the room is needed has expired; only a younger one is a loss. */
    private void giveUp(long reference, long time, long keyHigh, long clock) {
        outstanding--;
        if (clock - time > expiryNanos) {
            expired++;
            givenUp.expired(reference, time, keyHigh);
        } else {
            evicted++;
            givenUp.evicted(reference, time, keyHigh);
        }
    }

    @Override
    public long finish(long clock) {
        long unmatched = 0;
        for (int number = 0; number < entries.end(); number++) {
            long waiting = entries.waiting(number);
            if (waiting > 0) {
                unmatched += finish(waiting, entries.time(number), entries.keyHigh(number), clock);
            } else if (waiting < 0) {
                int chain = chain(waiting);
                for (int queue = 0; queue < 2; queue++) {
                    for (int node = chains.first(chain, queue); node >= 0; node = chains.next(node)) {
                        unmatched += finish(chains.reference(node), chains.time(node), entries.keyHigh(number), clock);
                    }
                }
            }
        }
        directory = new Directory();
        entries = new Entries();
        chains = new Chains();
        oldest = new OldestFirst(0);
        sweepNumber = 0;
        sweepOldest = Long.MAX_VALUE;
        nothingBefore = Long.MAX_VALUE;
        return unmatched;
    }

    private int finish(long reference, long time, long keyHigh, long clock) {
        outstanding--;
        if (clock - time <= expiryNanos) {
            givenUp.unmatched(reference, time, keyHigh);
            return 1;
        }
        expired++;
        givenUp.expired(reference, time, keyHigh);
        return 0;
    }

    @Override
    public long outstanding() {
        return outstanding;
    }

    @Override
    public long stored() {
        return stored;
    }

    @Override
    public long expired() {
        return expired;
    }

    @Override
    public long evicted() {
        return evicted;
    }

    /** Bytes of entries and index, for benchmarks and tests: what an entry costs is this over {@link #outstanding()}. */
    public long pageBytes() {
        return directory.bytes() + entries.bytes();
    }
}
