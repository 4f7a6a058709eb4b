package io.pairwire.capture.edit;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureInterface;
import java.util.List;

/** What files say about themselves, with less in it. */
final class Descriptions {
    private Descriptions() {}

    /** Link types, lengths and resolutions; no names, comments, secrets, statistics, nor what machine it was. */
    static CaptureDescription bare(CaptureDescription description) {
        return new CaptureDescription(
                description.format(),
                List.of(),
                description.interfaces().stream().map(Descriptions::bare).toList(),
                List.of(),
                List.of(),
                List.of(),
                0);
    }

    private static CaptureInterface bare(CaptureInterface described) {
        return new CaptureInterface(
                described.linkType(),
                described.snaplen(),
                described.resolution(),
                described.offsetSeconds(),
                described.fcsLength(),
                0,
                "",
                "",
                "",
                "",
                "",
                List.of());
    }
}
