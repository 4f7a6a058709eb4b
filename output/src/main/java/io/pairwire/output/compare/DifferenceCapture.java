package io.pairwire.output.compare;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapngWriter;
import io.pairwire.capture.TimeResolution;
import io.pairwire.capture.WriteOptions;
import io.pairwire.engine.compare.Comparison;
import io.pairwire.engine.compare.FieldChange;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the packets that differ to a pcapng file: those of A at interfaces named A, those of B at interfaces named B, each
 * with a comment that says what is the matter. The packets of A come first, then those of B, with their own times; other
 * options of the packets are left out.
 */
public final class DifferenceCapture implements Closeable {
    private static final int BATCH = 1 << 10;

    private final PcapngWriter writer;
    private final Comparison comparison;
    private final List<List<CaptureInterface>> interfaces = List.of(new ArrayList<>(), new ArrayList<>());
    private final Packet view = new Packet();

    /** @param channel closed by {@link #close} */
    public DifferenceCapture(WritableByteChannel channel, String application, Comparison comparison) {
        var options = new WriteOptions(CaptureFormat.PCAPNG, true, PcapFormat.SNAPLEN, application, "", "", List.of());
        writer = new PcapngWriter(channel, options);
        this.comparison = comparison;
    }

    /** Writes what differs of one side, in the order of the capture, read from its start. */
    public void write(boolean ofA, PacketSource source, Look look) throws IOException {
        long[] number = {0};
        try {
            while (source.poll(packet -> write(ofA, ++number[0], packet), BATCH) != PacketSource.END) look.look();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Is asked now and then, and ends the writing by throwing. */
    @FunctionalInterface
    public interface Look {
        void look() throws IOException;
    }

    private void write(boolean ofA, long number, Packet packet) {
        String comment = comment(ofA, number);
        if (comment.isEmpty()) return;
        int file = ofA ? 0 : 1;
        try {
            view.moveTo(
                            packet.memory(),
                            packet.start(),
                            packet.capturedLength(),
                            packet.originalLength(),
                            packet.epochNanos())
                    .linkType(packet.linkType())
                    .from(file, number)
                    .interfaceIndex(interfaceOf(file, packet.linkType()));
            writer.write(view, List.of(comment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int interfaceOf(int file, int linkType) throws IOException {
        List<CaptureInterface> there = interfaces.get(file);
        for (int i = 0; i < there.size(); i++) if (there.get(i).linkType() == linkType) return i;
        there.add(CaptureInterface.of(linkType, 0, TimeResolution.NANOSECONDS).named(file == 0 ? "A" : "B"));
        writer.describe(
                file,
                new CaptureDescription(CaptureFormat.PCAPNG, List.of(), there, List.of(), List.of(), List.of(), 0));
        return there.size() - 1;
    }

    private String comment(boolean ofA, long number) {
        String other = ofA ? "B" : "A";
        String packet = "packet " + comparison.told(ofA, number) + ": ";
        return switch (comparison.fate(ofA, number)) {
            case SAME -> "";
            case MISSING -> packet + "missing in " + other;
            case DUPLICATE -> packet + "a copy more than " + other + " has";
            case RESEGMENTED -> packet + "its bytes are in other segments in " + other;
            case REFRAGMENTED -> packet + "its bytes are in other fragments in " + other;
            case CHANGED ->
                packet + "differs from packet " + comparison.told(!ofA, comparison.partner(ofA, number)) + " of "
                        + other + " in " + String.join(", ", changes(ofA, number));
        };
    }

    private List<String> changes(boolean ofA, long number) {
        var changes = new ArrayList<String>();
        for (FieldChange change : FieldChange.values()) {
            if (comparison.differs(ofA, number, change)) changes.add(change.label());
        }
        if (comparison.isReordered(ofA, number)) changes.add("order");
        return changes;
    }

    public long packets() {
        return writer.packets();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
