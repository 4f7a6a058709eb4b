package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.filter.FilterLanguage;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts for many expressions how many packets of a capture match; each capture is read once. */
final class FilterCount {
    private static final int LIMIT = 1 << 16;

    private final List<ExpressionList.Entry> entries;
    private final Streams streams;
    private final FilterLanguage language;
    private final VfmMode mode;
    private int code = ExitCode.DONE;

    FilterCount(List<ExpressionList.Entry> entries, FilterLanguage language, VfmMode mode, Streams streams) {
        this.entries = entries;
        this.language = language;
        this.mode = mode;
        this.streams = streams;
    }

    int run(List<String> captures) throws IOException {
        for (String capture : captures) count(capture);
        streams.out().confirm();
        return code;
    }

    private void count(String capture) throws IOException {
        var counting = new Counting(entries, language, mode);
        try (var source = FileSource.open(List.of(capture))) {
            while (source.poll(counting, LIMIT) != PacketSource.END) continue;
            source.statistics().damages().forEach(damage -> streams.tell(damage.toString()));
            if (source.statistics().damagedFiles() > 0 && code == ExitCode.DONE) code = ExitCode.DAMAGED_INPUT;
        }
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.linkType().isPresent()
                    && !counting.linkTypes.get(entry.linkType().getAsInt())) continue;
            String refusal = counting.refusal(i);
            String matches = refusal.isEmpty() ? String.valueOf(counting.matches[i]) : "refused";
            streams.out().println(capture + "\t" + entry.expression() + "\t" + matches);
            if (refusal.isEmpty() || entry.mayFail()) continue;
            streams.tell(entry.expression() + ": " + refusal);
            code = ExitCode.FAILED;
        }
    }

    /** What is known of one capture. */
    private static final class Counting implements PacketHandler {
        final BitSet linkTypes = new BitSet();
        final long[] matches;
        private final @Nullable PacketFilter[] filters;
        private final String[] refusals;

        Counting(List<ExpressionList.Entry> entries, FilterLanguage language, VfmMode mode) {
            matches = new long[entries.size()];
            filters = new @Nullable PacketFilter[entries.size()];
            refusals = new String[entries.size()];
            for (int i = 0; i < entries.size(); i++) {
                refusals[i] = "";
                try {
                    filters[i] =
                            PacketFilter.compile(language, mode, entries.get(i).expression());
                } catch (IllegalArgumentException e) {
                    refusals[i] = String.valueOf(e.getMessage());
                }
            }
        }

        @Override
        public void onPacket(Packet packet) {
            linkTypes.set(packet.linkType());
            for (int i = 0; i < filters.length; i++) {
                PacketFilter filter = filters[i];
                if (filter != null && filter.matches(packet)) matches[i]++;
            }
        }

        /** Why an expression means nothing for this capture; empty if it does, for some of its packets at least. */
        String refusal(int i) {
            PacketFilter filter = filters[i];
            if (filter == null) return refusals[i];
            var problems = filter.problems();
            return problems.isEmpty() || problems.size() < linkTypes.cardinality()
                    ? ""
                    : problems.getFirst().reason();
        }
    }
}
