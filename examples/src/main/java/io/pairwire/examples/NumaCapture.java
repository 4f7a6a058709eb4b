package io.pairwire.examples;

import io.pairwire.capture.PacketSource;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import io.pairwire.live.LiveStatistics;
import io.pairwire.platform.Affinity;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One thread for each processor of this process, up to four: each is kept there, its ring lies in the memory next to it, and the
 * interface's traffic is shared by flow. {@code NumaCapture lo 1000} ends after a thousand packets. Needs
 * {@code CAP_NET_RAW} and {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class NumaCapture {
    private static final int GROUP = 4_242;
    private static final int MOST_THREADS = 4;

    private NumaCapture() {}

    /** @param arguments interface, number of packets */
    public static void main(String... arguments) throws Exception {
        long wanted = Long.parseLong(arguments[1]);
        int[] cpus = Affinity.get().stream().limit(MOST_THREADS).toArray();
        var sources = new ArrayList<LiveSource>();
        for (int cpu : cpus) {
            sources.add(
                    LiveSource.open(LiveSettings.of(arguments[0]).withCpu(cpu).withFanoutGroup(GROUP)));
        }
        System.out.println("capturing on processors " + java.util.Arrays.toString(cpus));
        LiveStatistics sum = LiveStatistics.NONE;
        try (var threads = Executors.newFixedThreadPool(cpus.length)) {
            var ends = new ArrayList<Future<LiveStatistics>>();
            for (LiveSource source : sources) ends.add(threads.submit(reader(source)));
            long delivered = 0;
            while (delivered < wanted) {
                delivered = 0;
                for (LiveSource source : sources)
                    delivered += source.liveStatistics().delivered();
                Thread.onSpinWait();
            }
            for (LiveSource source : sources) source.stop();
            for (var end : ends) sum = sum.plus(end.get());
        }
        System.out.println(sum.delivered() + " delivered, " + sum.droppedKernel() + " lost");
    }

    private static Callable<LiveStatistics> reader(LiveSource source) {
        return () -> {
            try (source) {
                while (source.poll(_ -> {}, 1_000) != PacketSource.END) {}
                return source.liveStatistics();
            }
        };
    }
}
