package io.pairwire.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The open inputs of a merge, the one whose turn it is first: earliest packet, among equal times the lowest index. */
final class MergeHeap {
    private Input[] heap = new Input[16];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    Input first() {
        return heap[0];
    }

    /** The one that would be first if the first were not there. */
    @Nullable
    Input second() {
        if (count < 2) return null;
        return count == 2 || heap[1].isBefore(heap[2]) ? heap[1] : heap[2];
    }

    void add(Input input) {
        if (count == heap.length) heap = Arrays.copyOf(heap, 2 * count);
        rise(count++, input);
    }

    /** Puts the first where it belongs after its time has changed. */
    void sinkFirst() {
        sink(0, heap[0]);
    }

    void removeFirst() {
        count--;
        if (count > 0) sink(0, heap[count]);
    }

    /** Takes out the input whose turn is farthest away, among those that can be put aside; null if none can. */
    @Nullable
    Input removeLast() {
        int found = -1;
        for (int i = 0; i < count; i++) {
            if (heap[i].canBePutAside() && (found < 0 || heap[found].isBefore(heap[i]))) found = i;
        }
        if (found < 0) return null;
        Input last = heap[found];
        count--;
        if (found < count) {
            sink(found, heap[count]);
            rise(found, heap[found]);
        }
        return last;
    }

    private void rise(int from, Input input) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!input.isBefore(heap[parent])) break;
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = input;
    }

    private void sink(int from, Input input) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= count) break;
            if (child + 1 < count && heap[child + 1].isBefore(heap[child])) child++;
            if (!heap[child].isBefore(input)) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = input;
    }
}
