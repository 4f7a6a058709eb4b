package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * The samples in a datagram of sFlow version 5, as <a href="https://sflow.org/sflow_version_5.txt">sFlow.org</a> describes it: a cursor
 * over the beginnings of frames that a switch copied into it.
 *
 * <pre>
 *   datagram: version, kind of address, address, sub-agent, sequence, uptime, samples
 *   sample:   kind, length, then of a flow sample: sequence ... and how many records follow
 *   record:   kind, length, then of a raw header: protocol, frame length, stripped, header length, the header
 * </pre>
 *
 * <p>Everything is of 32 bits. Nothing behind the captured bytes is read; what contradicts itself ends the walk. Not thread-safe.
 */
public final class Sflow {
    /** The UDP port of collectors. */
    public static final int PORT = 6343;

    private static final int WORD = Integer.BYTES;
    private static final int VERSION = 5;
    private static final int FLOW_SAMPLE = 1;
    private static final int EXPANDED_FLOW_SAMPLE = 3;
    private static final int RAW_HEADER = 1;
    private static final int ETHERNET = 1;
    private static final int RAW_FIELDS = 4 * WORD;

    private Packet packet = new Packet();
    private int next;
    private int end;
    private int sampleEnd;
    private int records;
    private int at;
    private int length;
    private int originalLength;

    /** A cursor. */
    public Sflow() {}

    /** Goes in front of the first frame of the datagram that begins at {@code start} and has {@code available} captured bytes. */
    public Sflow moveTo(Packet packet, int start, int available) {
        this.packet = packet;
        end = start + available;
        next = end;
        sampleEnd = start;
        records = 0;
        if (available < 2 * WORD || packet.u32(start) != VERSION) return this;
        int address = switch (packet.u32(start + WORD)) {
            case 1 -> 4;
            case 2 -> 16;
            default -> -1;
        };
        int samples =
                start + 2 * WORD + address + 3 * WORD + WORD; // behind how many there are: their lengths tell as well
        if (address > 0 && samples <= end) {
            next = samples;
            sampleEnd = samples;
        }
        return this;
    }

    /** Goes to the next Ethernet frame; false if there is none. */
    public boolean next() {
        while (true) {
            while (records > 0) {
                records--;
                if (record()) return true;
            }
            next = sampleEnd;
            if (!sample()) return false;
        }
    }

    /** Goes to the records of the next sample. */
    private boolean sample() {
        if (end - next < 2 * WORD) return false;
        int kind = packet.u32(next);
        int bytes = packet.u32(next + WORD);
        next += 2 * WORD;
        if (bytes < 0 || bytes > end - next) return false;
        sampleEnd = next + bytes;
        int fields = kind == FLOW_SAMPLE ? 7 * WORD : kind == EXPANDED_FLOW_SAMPLE ? 10 * WORD : -1;
        if (fields < 0 || bytes < fields + WORD) return true;
        records = Math.clamp(packet.u32(next + fields), 0, bytes / (2 * WORD));
        next += fields + WORD;
        return true;
    }

    private boolean record() {
        if (sampleEnd - next < 2 * WORD) return false;
        int kind = packet.u32(next);
        int bytes = packet.u32(next + WORD);
        int content = next + 2 * WORD;
        if (bytes < 0 || bytes > sampleEnd - content) {
            records = 0;
            return false;
        }
        next = content + bytes;
        if (kind != RAW_HEADER || bytes < RAW_FIELDS || packet.u32(content) != ETHERNET) return false;
        originalLength = packet.u32(content + WORD);
        length = packet.u32(content + 3 * WORD);
        at = content + RAW_FIELDS;
        return length >= 0 && length <= next - at && originalLength >= 0;
    }

    /** Where the frame begins in the packet. */
    public int at() {
        return at;
    }

    /** Bytes of it that are there. */
    public int length() {
        return length;
    }

    /** Bytes it had on the wire. */
    public int originalLength() {
        return originalLength;
    }
}
