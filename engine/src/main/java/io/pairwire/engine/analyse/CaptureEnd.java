package io.pairwire.engine.analyse;

import io.pairwire.capture.SourceStatistics;
import java.util.List;

/**
 * How reading a capture ended.
 *
 * @param format of the capture: {@code pcap}, {@code pcapng} and so on; empty if it could not be opened
 * @param bytes read from the file
 * @param refused packets that a filter kept from the analysis
 * @param damages what is wrong with the capture; the first {@value SourceStatistics#DAMAGES} of them
 * @param damageCount how many there are
 */
public record CaptureEnd(
        String format, long bytes, long refused, List<SourceStatistics.Damage> damages, long damageCount) {

    /** Everything was read. */
    public static final CaptureEnd WHOLE = new CaptureEnd("", 0, 0, List.of(), 0);

    public CaptureEnd {
        damages = List.copyOf(damages);
    }
}
