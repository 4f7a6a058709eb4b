package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.output.TimeFormat;
import io.pairwire.output.TimeText;
import io.pairwire.output.print.HexDump;
import io.pairwire.output.print.Line;
import io.pairwire.output.print.PacketPrinter;
import java.io.IOException;
import java.util.function.ToIntFunction;

/** One line a packet as tcpdump prints it, more with {@link SummaryStyle#verbosity} or a {@link Dump}. */
public final class SummaryPrinter implements PacketPrinter {
    private static final long SECOND = 1_000_000_000;
    private static final int NUMBER_WIDTH = 5;

    private final SummaryStyle style;
    private final ToIntFunction<Packet> digits;
    private final TimeText times = new TimeText(TimeFormat.CLASSIC);
    private final Walk walk;
    private long lines;
    private long firstNanos;
    private long previousNanos;

    /**
     * A printer in that style.
     *
     * @param digits digits of the second of a packet, 6 or 9, as its capture has them
     */
    public SummaryPrinter(SummaryStyle style, ToIntFunction<Packet> digits) {
        this.style = style;
        this.digits = digits;
        walk = new Walk(style);
    }

    @Override
    public void print(Packet packet, Line line) throws IOException {
        lines++;
        if (style.numbered()) line.right(lines, NUMBER_WIDTH).text("  ");
        time(packet, line);
        walk.begin(packet, line);
        int behindLink = Math.min(LinkSummary.print(walk), packet.capturedLength());
        Dump dump = style.dump();
        if (dump == Dump.NONE) return;
        int from = dump.link() ? 0 : behindLink;
        switch (dump) {
            case ASCII, ASCII_LINK -> HexDump.ascii(packet, from, packet.capturedLength(), line);
            default -> HexDump.rows(packet, from, packet.capturedLength(), dump.ascii(), "\t", line);
        }
    }

    private void time(Packet packet, Line line) {
        long nanos = packet.epochNanos();
        if (lines == 1) {
            firstNanos = nanos;
            previousNanos = nanos;
        }
        int width = digits.applyAsInt(packet);
        switch (style.time()) {
            case NONE -> {
                return;
            }
            case TIME_OF_DAY -> {
                byte[] to = line.room(TimeText.LONGEST);
                line.moveTo(times.timeOfDay(to, line.at(), nanos, width));
            }
            case DATE -> {
                byte[] to = line.room(TimeText.LONGEST);
                line.moveTo(times.dateAndTime(to, line.at(), nanos, width));
            }
            case EPOCH -> {
                long whole = Math.floorDiv(nanos, SECOND);
                line.decimal(whole).text('.');
                fraction(nanos - whole * SECOND, width, line);
            }
            case SINCE_PREVIOUS -> elapsed(nanos - previousNanos, width, line);
            case SINCE_FIRST -> elapsed(nanos - firstNanos, width, line);
        }
        previousNanos = nanos;
        line.text(' ');
    }

    /** Hours, minutes and seconds, with a sign if time ran backwards. */
    private static void elapsed(long nanos, int width, Line line) {
        long length = Math.max(Math.abs(nanos), 0); // of Long.MIN_VALUE there is no absolute value
        line.text(nanos < 0 ? '-' : ' ');
        long seconds = length / SECOND;
        line.padded((int) (seconds / 3_600), 2).text(':');
        line.padded((int) (seconds / 60 % 60), 2).text(':');
        line.padded((int) (seconds % 60), 2).text('.');
        fraction(length % SECOND, width, line);
    }

    private static void fraction(long nanos, int width, Line line) {
        line.padded((int) (width == 9 ? nanos : nanos / 1_000), width);
    }
}
