package io.pairwire.engine.store;

import java.util.Arrays;

/**
 * Entries that do not fit a slot: several packets under one key, or a packet transmitted more than once.
 *
 * <p>A chain holds two queues, one for each direction. Nodes of four longs live in blocks that are never moved; free ones
 * are linked. A chain's own node is {queue, queue, entries, -}, an entry's is {time, reference, last time, next}.
 */
final class Chains {
    private static final int STRIDE = 4;
    private static final int BLOCK_BITS = 10;
    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int NONE = -1;

    private long[][] blocks = new long[1][];
    private int allocated;
    private int free = NONE;

    private long word(int node, int word) {
        return blocks[node >>> BLOCK_BITS][(node & BLOCK - 1) * STRIDE + word];
    }

    private void word(int node, int word, long value) {
        blocks[node >>> BLOCK_BITS][(node & BLOCK - 1) * STRIDE + word] = value;
    }

    private int take() {
        if (free != NONE) {
            int node = free;
            free = (int) word(node, 3);
            return node;
        }
        int block = allocated >>> BLOCK_BITS;
        if (block == blocks.length) blocks = Arrays.copyOf(blocks, block * 2);
        if (blocks[block] == null) blocks[block] = new long[BLOCK * STRIDE];
        return allocated++;
    }

    private void giveBack(int node) {
        word(node, 3, free);
        free = node;
    }

    /** A new chain without entries. */
    int create() {
        int chain = take();
        word(chain, 0, pack(NONE, NONE));
        word(chain, 1, pack(NONE, NONE));
        word(chain, 2, 0);
        return chain;
    }

    /** Frees a chain without entries. */
    void free(int chain) {
        giveBack(chain);
    }

    long entries(int chain) {
        return word(chain, 2);
    }

    void append(int chain, int queue, long time, long reference, long last) {
        int node = take();
        word(node, 0, time);
        word(node, 1, reference);
        word(node, 2, last);
        word(node, 3, NONE);
        long ends = word(chain, queue);
        if (head(ends) == NONE) {
            word(chain, queue, pack(node, node));
        } else {
            word(tail(ends), 3, node);
            word(chain, queue, pack(head(ends), node));
        }
        word(chain, 2, word(chain, 2) + 1);
    }

    /** Takes out {@code node}, which follows {@code previous} (-1 if it is the first). */
    void remove(int chain, int queue, int node, int previous) {
        long ends = word(chain, queue);
        int next = next(node);
        int head = previous == NONE ? next : head(ends);
        int tail = next == NONE ? previous : tail(ends);
        if (previous != NONE) word(previous, 3, next);
        word(chain, queue, pack(head, tail));
        word(chain, 2, word(chain, 2) - 1);
        giveBack(node);
    }

    /** The first entry of a queue, or -1. */
    int first(int chain, int queue) {
        return head(word(chain, queue));
    }

    /** The entry behind {@code node}, or -1. */
    int next(int node) {
        return (int) word(node, 3);
    }

    long time(int node) {
        return word(node, 0);
    }

    long reference(int node) {
        return word(node, 1);
    }

    long last(int node) {
        return word(node, 2);
    }

    void last(int node, long time) {
        word(node, 2, time);
    }

    void retransmitted(int node, long time) {
        word(node, 1, PacketReference.retransmitted(reference(node)));
        word(node, 2, time);
    }

    private static long pack(int head, int tail) {
        return (long) head << 32 | tail & 0xffff_ffffL;
    }

    private static int head(long ends) {
        return (int) (ends >> 32);
    }

    private static int tail(long ends) {
        return (int) ends;
    }
}
