package io.pairwire.output.print.summary;

/**
 * What lines tell; the letters are tcpdump's.
 *
 * @param time what stands in front
 * @param verbosity how often {@code -v} was given: IP fields and checksums from 1 on, sequence numbers always from 2 on
 * @param linkHeader {@code -e}: the link header too
 * @param numeric {@code -n}: ports as numbers; addresses always are
 * @param quick {@code -q}: less about the transport
 * @param absolute {@code -S}: TCP sequence numbers as sent
 * @param numbered {@code -#}: a number in front of each line
 * @param checksums verify checksums, which {@code -v} does as well
 * @param dump which bytes follow
 */
public record SummaryStyle(
        TimeStyle time,
        int verbosity,
        boolean linkHeader,
        boolean numeric,
        boolean quick,
        boolean absolute,
        boolean numbered,
        boolean checksums,
        Dump dump) {

    /** As {@code tcpdump -n} prints. */
    public static final SummaryStyle USUAL =
            new SummaryStyle(TimeStyle.TIME_OF_DAY, 0, false, true, false, false, false, false, Dump.NONE);

    public SummaryStyle {
        if (verbosity < 0) throw new IllegalArgumentException("verbosity is negative: " + verbosity);
    }

    boolean verbose() {
        return verbosity > 0;
    }
}
