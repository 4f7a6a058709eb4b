package io.pairwire.capture;

import java.util.List;

/**
 * What kind of capture file is written.
 *
 * @param format {@link CaptureFormat#PCAP} or {@link CaptureFormat#PCAPNG}
 * @param nanoseconds whether pcap counts in nanoseconds, otherwise in microseconds; pcapng keeps what interfaces say
 * @param snaplen bytes that are captured of a packet at most, from 1, as the header of pcap says it
 * @param application the program that writes, for pcapng; may be empty, as the texts that follow
 * @param hardware the machine that captured, for pcapng
 * @param os its system, for pcapng
 * @param comments about the file, for pcapng
 */
public record WriteOptions(
        CaptureFormat format,
        boolean nanoseconds,
        int snaplen,
        String application,
        String hardware,
        String os,
        List<String> comments) {

    public WriteOptions {
        if (format != CaptureFormat.PCAP && format != CaptureFormat.PCAPNG)
            throw new IllegalArgumentException("format cannot be written: " + format);
        if (snaplen < 1) throw new IllegalArgumentException("snaplen is below 1: " + snaplen);
        comments = List.copyOf(comments);
    }

    /** Nanoseconds, {@link PcapFormat#SNAPLEN}, no comments. */
    public static WriteOptions of(CaptureFormat format) {
        return new WriteOptions(format, true, PcapFormat.SNAPLEN, "pairwire", "", "", List.of());
    }

    /** The same with a machine, a system and comments as another capture has them. */
    public WriteOptions about(CaptureSection section) {
        return new WriteOptions(
                format, nanoseconds, snaplen, application, section.hardware(), section.os(), section.comments());
    }

    /** The same with times of pcap in nanoseconds or in microseconds. */
    public WriteOptions nanoseconds(boolean nanoseconds) {
        return new WriteOptions(format, nanoseconds, snaplen, application, hardware, os, comments);
    }

    /** The same with other comments. */
    public WriteOptions comments(List<String> comments) {
        return new WriteOptions(format, nanoseconds, snaplen, application, hardware, os, comments);
    }
}
