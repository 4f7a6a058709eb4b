package io.pairwire.examples;

import io.pairwire.capture.PacketSource;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.FilterSplit;
import io.pairwire.live.LiveFilter;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import java.util.Optional;

/**
 * Captures packets of an interface that match a filter, and prints a line for each: {@code SimpleCapture lo 3 udp port 9}. The
 * kernel refuses what does not match. Needs {@code CAP_NET_RAW} and {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class SimpleCapture {
    private SimpleCapture() {}

    /** @param arguments interface, number of packets, words of a filter */
    public static void main(String... arguments) throws Exception {
        long wanted = Long.parseLong(arguments[1]);
        String expression = String.join(" ", java.util.List.of(arguments).subList(2, arguments.length));
        var settings = LiveSettings.of(arguments[0]).withFilters(linkType -> filter(expression, linkType));
        try (var source = LiveSource.open(settings)) {
            System.out.println("capturing with " + source.description());
            long[] seen = new long[1];
            int handed = 0;
            while (seen[0] < wanted && handed != PacketSource.END) {
                handed = source.poll(
                        packet -> System.out.println(
                                ++seen[0] + ": " + packet.originalLength() + " bytes at " + packet.epochNanos()),
                        (int) (wanted - seen[0]));
            }
            var counted = source.liveStatistics();
            System.out.println(counted.delivered() + " delivered, " + counted.droppedKernel() + " lost");
        }
    }

    private static LiveFilter filter(String expression, int linkType) {
        Filter exact = Filter.compile(expression, linkType);
        FilterSplit split = FilterSplit.of(exact, FilterSplit.Target.CLASSIC);
        return new LiveFilter(Optional.of(split.kernel().toBpf()), split.isExact(), exact::matches, expression);
    }
}
