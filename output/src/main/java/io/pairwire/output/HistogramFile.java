package io.pairwire.output;

import io.pairwire.engine.Latencies;
import io.pairwire.engine.series.LatencyGroups;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.HdrHistogram.AbstractHistogram;

/**
 * The distribution of latencies as an {@code .hgrm} file, which the HdrHistogram plotters read. Values are nanoseconds;
 * negative latencies are not part of it.
 */
public final class HistogramFile {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NANOSECONDS = 1.0;
    private static final double MICROSECONDS = 1_000.0;

    private HistogramFile() {}

    /**
     * Where the distribution of a group goes when that of all goes to {@code path}: {@code latency.hgrm} and
     * {@code latency.server-192.168.0.0_24.hgrm}.
     */
    public static Path ofGroup(Path path, LatencyGroups.Group group) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String end = dot > 0 ? name.substring(dot) : "";
        String begin = dot > 0 ? name.substring(0, dot) : name;
        String safe = group.name().replace('/', '_').replaceAll("[^A-Za-z0-9._-]", "-");
        return path.resolveSibling(begin + "." + group.by().name() + "-" + safe + end);
    }

    /** Replaces that file. */
    public static void write(Path path, Latencies latencies) throws IOException {
        write(path, latencies.histogram(), NANOSECONDS);
    }

    /** The same for any nanoseconds, told in microseconds. */
    public static void write(Path path, AbstractHistogram nanos) throws IOException {
        write(path, nanos, MICROSECONDS);
    }

    private static void write(Path path, AbstractHistogram histogram, double unit) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var text = new PrintStream(bytes, false, StandardCharsets.US_ASCII)) {
            histogram.outputPercentileDistribution(text, TICKS_PER_HALF_DISTANCE, unit);
        }
        TextFile.write(path, bytes.toByteArray());
    }
}
