package io.pairwire.cli;

import io.pairwire.output.print.summary.Dump;
import io.pairwire.output.print.summary.SummaryStyle;
import io.pairwire.output.print.summary.TimeStyle;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How lines of packets look; the letters mean what they mean in tcpdump. */
final class PrintOptions {
    private static final TimeStyle[] TIMES = {
        TimeStyle.TIME_OF_DAY,
        TimeStyle.NONE,
        TimeStyle.EPOCH,
        TimeStyle.SINCE_PREVIOUS,
        TimeStyle.DATE,
        TimeStyle.SINCE_FIRST
    };

    @Option(
            names = "-v",
            description = "Tell more: fields of IP, checksums; -vv sequence numbers always. Verifies checksums.")
    private boolean[] verbose = {};

    @Option(names = "-e", description = "Print the link header too.")
    private boolean linkHeader;

    @Option(names = "-n", description = "Print ports as numbers. Addresses always are: nothing is looked up.")
    private boolean[] numeric = {};

    @Option(names = "-q", description = "Tell less about the transport.")
    private boolean quick;

    @Option(names = "-S", description = "Print TCP sequence numbers as sent, not from the first of the connection.")
    private boolean absolute;

    @Option(
            names = "-t",
            description =
                    "-t no time, -tt seconds since 1970, -ttt since the line before, -tttt with date, -ttttt since"
                            + " the first line (default: time of day; always UTC).")
    private boolean[] time = {};

    @Option(
            names = {"-#", "--number"},
            description = "Print a number in front of each line.")
    private boolean numbered;

    @Option(names = "-x", description = "Print the bytes behind the link header too, -xx those of all headers.")
    private boolean[] hex = {};

    @Option(names = "-X", description = "The same with characters, -XX those of all headers.")
    private boolean[] hexAscii = {};

    @Option(names = "-A", description = "Print the bytes as characters only, -AA those of all headers.")
    private boolean[] ascii = {};

    @Option(names = "--checksums", description = "Verify checksums, and tell which are wrong.")
    private boolean checksums;

    PrintOptions() {}

    /** Refuses what tcpdump refuses. */
    void check(CommandLine command) {
        if (time.length >= TIMES.length) {
            throw new ParameterException(command, "-t can be given " + (TIMES.length - 1) + " times at most");
        }
    }

    boolean checksums() {
        return checksums || verbose.length > 0;
    }

    Dump dump() {
        if (ascii.length > 0) return ascii.length > 1 ? Dump.ASCII_LINK : Dump.ASCII;
        if (hexAscii.length > 0) return hexAscii.length > 1 ? Dump.HEX_ASCII_LINK : Dump.HEX_ASCII;
        if (hex.length > 0) return hex.length > 1 ? Dump.HEX_LINK : Dump.HEX;
        return Dump.NONE;
    }

    SummaryStyle style() {
        return new SummaryStyle(
                TIMES[time.length],
                verbose.length,
                linkHeader,
                numeric.length > 0,
                quick,
                absolute,
                numbered,
                checksums,
                dump());
    }
}
