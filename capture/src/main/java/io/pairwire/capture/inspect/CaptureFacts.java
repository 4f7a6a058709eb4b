package io.pairwire.capture.inspect;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.SourceStatistics;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about one capture.
 *
 * @param name as the user wrote it
 * @param container what the bytes are: a format of captures, or of compression
 * @param description what the capture says about itself; empty if it could not be opened
 * @param fileBytes bytes in the file, compressed if they are
 * @param sha256 of these bytes, in hexadecimal digits; empty if nobody asked for it
 * @param counts over its packets
 * @param damages what is wrong with it; the first {@value SourceStatistics#DAMAGES} of them
 * @param damageCount how many there are
 */
public record CaptureFacts(
        String name,
        CaptureFormat container,
        Optional<CaptureDescription> description,
        long fileBytes,
        Optional<String> sha256,
        PacketCounts counts,
        List<SourceStatistics.Damage> damages,
        long damageCount) {

    public CaptureFacts {
        damages = List.copyOf(damages);
    }

    /** The format of the capture itself, whatever it is compressed with. */
    public CaptureFormat format() {
        return description.map(CaptureDescription::format).orElse(container);
    }

    /** Could everything be read? */
    public boolean isWhole() {
        return damageCount == 0;
    }
}
