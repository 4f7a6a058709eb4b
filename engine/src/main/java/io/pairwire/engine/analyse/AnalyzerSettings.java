package io.pairwire.engine.analyse;

import io.pairwire.engine.cache.CacheSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * All that can be set about an {@link Analyzer}.
 *
 * @param chunkPackets packets between two looks at progress and cancellation, from 1
 * @param memoryLimitBytes native memory of the tables of one analysis; what does not fit goes to temporary files
 * @param memoryCacheBytes answers kept in memory; 0 for none
 * @param diskCacheBytes answers kept on disk; 0 for none
 * @param workers captures analysed at the same time, from 1
 * @param batchFiles captures of one batch of {@link Analyzer#analyzeAll}, from 1
 * @param top entries of each list of conversations and endpoints, from 0
 * @param order by which these lists are ordered
 * @param interval a step of the time series; zero for one that fits
 * @param temporaryFolder where temporary files go
 * @param parts what a report is to tell; what is left out is not paid for
 * @param layers whose conversations and endpoints it tells
 */
public record AnalyzerSettings(
        int chunkPackets,
        long memoryLimitBytes,
        long memoryCacheBytes,
        long diskCacheBytes,
        int workers,
        int batchFiles,
        int top,
        TalkMeasure order,
        Duration interval,
        Path temporaryFolder,
        Set<ReportPart> parts,
        Set<TalkLayer> layers) {

    /** The least memory limit, bytes. */
    public static final long LEAST_MEMORY = Workspace.LEAST;

    private static final long MEGABYTE = 1 << 20;
    private static final AnalyzerSettings DEFAULTS = new AnalyzerSettings(
            1_000,
            512 * MEGABYTE,
            128 * MEGABYTE,
            512 * MEGABYTE,
            4,
            50,
            10,
            TalkMeasure.BYTES,
            Duration.ZERO,
            Path.of(System.getProperty("java.io.tmpdir")),
            EnumSet.allOf(ReportPart.class),
            EnumSet.allOf(TalkLayer.class));

    public AnalyzerSettings {
        if (chunkPackets < 1) throw new IllegalArgumentException("chunkPackets is below 1: " + chunkPackets);
        if (memoryLimitBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("memoryLimitBytes is below " + LEAST_MEMORY + ": " + memoryLimitBytes);
        }
        if (memoryCacheBytes < 0) {
            throw new IllegalArgumentException("memoryCacheBytes is negative: " + memoryCacheBytes);
        }
        if (diskCacheBytes < 0) throw new IllegalArgumentException("diskCacheBytes is negative: " + diskCacheBytes);
        if (workers < 1) throw new IllegalArgumentException("workers is below 1: " + workers);
        if (batchFiles < 1) throw new IllegalArgumentException("batchFiles is below 1: " + batchFiles);
        if (top < 0) throw new IllegalArgumentException("top is negative: " + top);
        if (interval.isNegative()) throw new IllegalArgumentException("interval is negative: " + interval);
        parts = Set.copyOf(parts);
        layers = Set.copyOf(layers);
    }

    /** What is good for most. */
    public static AnalyzerSettings defaults() {
        return DEFAULTS;
    }

    /** What a cache of answers in that folder is opened with. */
    public CacheSettings cacheIn(Path folder) {
        return CacheSettings.in(folder).withMemoryBytes(memoryCacheBytes).withDiskBytes(diskCacheBytes);
    }

    /** Is that to be told? */
    public boolean tells(ReportPart part) {
        return parts.contains(part);
    }

    /** Does anybody want to know what happened to TCP segments? */
    boolean judgesSegments() {
        return tells(ReportPart.TCP) || tells(ReportPart.FINDINGS) || order == TalkMeasure.RETRANSMISSIONS;
    }

    /** Does anybody want to know who talks on that layer? */
    boolean tellsTalks(TalkLayer layer) {
        return (tells(ReportPart.CONVERSATIONS) || tells(ReportPart.ENDPOINTS)) && layers.contains(layer);
    }

    /** The same with another limit of memory. */
    public AnalyzerSettings withMemoryLimitBytes(long bytes) {
        return with(bytes, workers, top, order, interval, parts, layers);
    }

    /** The same with another number of workers. */
    public AnalyzerSettings withWorkers(int workers) {
        return with(memoryLimitBytes, workers, top, order, interval, parts, layers);
    }

    /** The same with longer or shorter lists. */
    public AnalyzerSettings withTop(int top) {
        return with(memoryLimitBytes, workers, top, order, interval, parts, layers);
    }

    /** The same with lists in another order. */
    public AnalyzerSettings withOrder(TalkMeasure order) {
        return with(memoryLimitBytes, workers, top, order, interval, parts, layers);
    }

    /** The same with another step of the time series. */
    public AnalyzerSettings withInterval(Duration interval) {
        return with(memoryLimitBytes, workers, top, order, interval, parts, layers);
    }

    /** The same with only these parts of a report. */
    public AnalyzerSettings withParts(Set<ReportPart> parts) {
        return with(memoryLimitBytes, workers, top, order, interval, parts, layers);
    }

    /** The same with conversations and endpoints of these layers alone. */
    public AnalyzerSettings withLayers(Set<TalkLayer> layers) {
        return with(memoryLimitBytes, workers, top, order, interval, parts, layers);
    }

    private AnalyzerSettings with(
            long limit,
            int workers,
            int top,
            TalkMeasure order,
            Duration interval,
            Set<ReportPart> parts,
            Set<TalkLayer> layers) {
        return new AnalyzerSettings(
                chunkPackets,
                limit,
                memoryCacheBytes,
                diskCacheBytes,
                workers,
                batchFiles,
                top,
                order,
                interval,
                temporaryFolder,
                parts,
                layers);
    }
}
