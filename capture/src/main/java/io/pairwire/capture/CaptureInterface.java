package io.pairwire.capture;

import java.util.List;

/**
 * Where packets were captured, as far as the file says; texts are empty where it does not. For formats that know no
 * interfaces there is one with the link type and snapshot length of the file.
 *
 * @param linkType a {@link LinkType} number, 0 to 65535
 * @param snaplen bytes that are captured of a packet at most; 0 for no limit
 * @param resolution of its times
 * @param offsetSeconds added to its times
 * @param fcsLength bytes of frame check sequence at the end of each packet, -1 if that is not known
 * @param speed bits per second, unsigned, 0 if that is not known
 * @param name such as {@code eth0}
 * @param description for people
 * @param filter the capture filter, as text
 * @param hardware what the interface is
 * @param os the system it is part of
 * @param comments remarks
 */
public record CaptureInterface(
        int linkType,
        int snaplen,
        TimeResolution resolution,
        long offsetSeconds,
        int fcsLength,
        long speed,
        String name,
        String description,
        String filter,
        String hardware,
        String os,
        List<String> comments) {

    public CaptureInterface {
        if (linkType < 0 || linkType > 0xffff)
            throw new IllegalArgumentException("linkType is not in 0..65535: " + linkType);
        if (snaplen < 0) throw new IllegalArgumentException("snaplen is negative: " + snaplen);
        if (fcsLength < -1) throw new IllegalArgumentException("fcsLength is below -1: " + fcsLength);
        comments = List.copyOf(comments);
    }

    /** An interface of which nothing else is known. */
    public static CaptureInterface of(int linkType, int snaplen, TimeResolution resolution) {
        return new CaptureInterface(linkType, snaplen, resolution, 0, -1, 0, "", "", "", "", "", List.of());
    }

    /** The same with another name. */
    public CaptureInterface named(String name) {
        return new CaptureInterface(
                linkType,
                snaplen,
                resolution,
                offsetSeconds,
                fcsLength,
                speed,
                name,
                description,
                filter,
                hardware,
                os,
                comments);
    }

    /** The same with times counted otherwise from 1970. */
    CaptureInterface timed(TimeResolution resolution, long offsetSeconds) {
        return new CaptureInterface(
                linkType,
                snaplen,
                resolution,
                offsetSeconds,
                fcsLength,
                speed,
                name,
                description,
                filter,
                hardware,
                os,
                comments);
    }
}
