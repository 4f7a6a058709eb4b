package io.pairwire.output.report;

import io.pairwire.engine.fate.AloneReason;
import io.pairwire.engine.fate.ReviewedPacket;
import io.pairwire.memory.DurationText;
import io.pairwire.output.HumanText;
import java.util.List;

/**
 * What is said of a packet in a capture: {@code answered by packet 2 after 1.234 ms}, {@code answers packet 1 after
 * 1.234 ms}, {@code no answer within 30 s}. Where there are several files, each packet is named with its file.
 */
public final class Annotation {
    private final boolean severalFiles;
    private final String expiry;

    /**
     * @param files inputs there are
     * @param expiryNanos the largest time between partners
     */
    public Annotation(int files, long expiryNanos) {
        severalFiles = files > 1;
        expiry = DurationText.format(expiryNanos).replaceFirst("(?<=\\d)(?=[a-z])", " ");
    }

    /** Comments to add to that packet; none if there is nothing to say. */
    public List<String> of(ReviewedPacket reviewed) {
        return switch (reviewed.fate()) {
            case REQUEST -> List.of("answered by " + other(reviewed) + " after " + latency(reviewed));
            case RESPONSE -> List.of("answers " + other(reviewed) + " after " + latency(reviewed));
            case RETRANSMISSION -> List.of("retransmission of " + other(reviewed));
            case EXPIRED, UNMATCHED ->
                List.of((reviewed.asks() ? "no answer" : "no request") + " within " + expiry + more(reviewed));
            case EVICTED -> List.of("given up: too many packets waited for a partner");
            case DROPPED -> List.of("not matched: dropped at a full queue");
            case NOT_ELIGIBLE -> reviewed.reason().isEmpty() ? List.of() : List.of("not matched: the packet is cut");
        };
    }

    private String more(ReviewedPacket reviewed) {
        if (reviewed.isLate()) {
            return "; " + other(reviewed) + (reviewed.asks() ? " answers after " : " asked before ")
                    + latency(reviewed);
        }
        return reviewed.reason().filter(AloneReason.CUT_AT_END::equals).isPresent() ? " (the capture ends before)" : "";
    }

    private String other(ReviewedPacket reviewed) {
        String packet = "packet " + reviewed.otherNumber();
        return severalFiles || !reviewed.isOtherInSameFile() ? packet + " of " + reviewed.otherFile() : packet;
    }

    private static String latency(ReviewedPacket reviewed) {
        return HumanText.duration(reviewed.latencyNanos());
    }
}
