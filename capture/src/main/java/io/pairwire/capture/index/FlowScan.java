package io.pairwire.capture.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Goes through the flows of a segment as {@link FlowGathering} wrote them, and through the packets of each. */
final class FlowScan {
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int flowAt;
    private int at;

    /** Where the packets of this flow end. */
    private int end;

    // Where the first packet of the flow before was.
    private int firstNumber;
    private long firstPlace;
    private boolean atFirst;

    private int number;
    private long place;

    /** @param postingsAt where packets begin, behind the flows */
    FlowScan(byte[] bytes, int postingsAt) {
        this.bytes = bytes;
        end = postingsAt;
    }

    /** Goes to the next flow; could its packets be wanted? */
    boolean next(FlowTest test) {
        at = end;
        int ports = (int) U32.get(bytes, flowAt);
        int protocol = bytes[flowAt + 4] & 0xff;
        int marks = bytes[flowAt + 5] & 0xff;
        long addresses = (long) U64.get(bytes, flowAt + 6);
        int restore = at;
        at = flowAt + FlowGathering.FLOW;
        long length = varint();
        flowAt = at;
        at = restore;
        if (length < 0 || length > bytes.length - restore) throw new IndexOutOfBoundsException("packets of a flow");
        end = restore + (int) length;
        number = firstNumber;
        place = firstPlace;
        atFirst = true;
        return (marks & FlowTuple.OTHER) != 0
                || test.mayMatch(
                        (int) (addresses >>> 32), (int) addresses, ports >>> 16, ports & 0xffff, protocol, marks);
    }

    boolean hasPacket() {
        return at < end;
    }

    /** Goes to the next packet of the flow. */
    void packet() {
        number += (int) varint();
        place += varint();
        if (number < 0 || number >= FlowGathering.PACKETS || place < 0 || place >> 44 != 0) {
            throw new IndexOutOfBoundsException("packet of a flow");
        }
        if (atFirst) {
            firstNumber = number;
            firstPlace = place;
            atFirst = false;
        }
    }

    /** Which packet of the segment it is, from 0. */
    int number() {
        return number;
    }

    /** Where it begins, bytes from the first packet of the segment. */
    long place() {
        return place;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new IndexOutOfBoundsException("number without an end");
    }
}
