package io.pairwire.capture.edit;

import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Packets that are to be written and lie one behind the other where they were read, as records of the very kind that is
 * written: they go on in one piece. Not thread-safe; allocates nothing per packet.
 */
final class RecordRun {
    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private long end;
    private long packets;

    /** Takes the packet if it is a record of that format and follows the others, or is the first. */
    boolean takes(Packet packet, PcapFormat format) {
        if (!packet.isRecordOf(format)) return false;
        long from = packet.start() - PcapFormat.RECORD_HEADER;
        if (packets == 0) {
            memory = packet.memory();
            start = from;
        } else if (from != end || packet.memory() != memory) {
            return false;
        }
        end = packet.start() + packet.capturedLength();
        packets++;
        return true;
    }

    /** Packets that were taken and not written. */
    long packets() {
        return packets;
    }

    /** Writes what there is, once: it is gone also where that fails. */
    void writeTo(CaptureWriter writer) throws IOException {
        if (packets == 0) return;
        long written = packets;
        packets = 0;
        writer.writeRecords(memory, start, end - start, written);
    }
}
