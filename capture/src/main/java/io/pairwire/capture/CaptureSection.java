package io.pairwire.capture;

import java.nio.ByteOrder;
import java.util.List;

/**
 * A part of a file with one byte order and its own interfaces; only pcapng has more than one. Texts are empty where the
 * file does not say.
 *
 * @param position where it begins, bytes from the start of the file
 * @param order byte order of headers; packets are as they were on the wire
 * @param majorVersion of the format
 * @param minorVersion of the format
 * @param length bytes behind its header, -1 if the file does not say
 * @param hardware the machine that captured
 * @param os its system
 * @param application the program that wrote
 * @param comments remarks
 */
public record CaptureSection(
        long position,
        ByteOrder order,
        int majorVersion,
        int minorVersion,
        long length,
        String hardware,
        String os,
        String application,
        List<String> comments) {

    public CaptureSection {
        comments = List.copyOf(comments);
    }

    /** A section without texts. */
    static CaptureSection of(ByteOrder order, int majorVersion, int minorVersion) {
        return new CaptureSection(0, order, majorVersion, minorVersion, -1, "", "", "", List.of());
    }
}
