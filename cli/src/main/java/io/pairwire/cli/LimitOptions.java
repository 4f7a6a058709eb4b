package io.pairwire.cli;

import io.pairwire.capture.edit.Rotation;
import io.pairwire.capture.edit.RotationNames;
import io.pairwire.memory.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** When a capture ends and when it goes on in the next file: as tcpdump says it, and as dumpcap does. */
final class LimitOptions {
    private static final long MILLION = 1_000_000;
    private static final long KILOBYTE = 1_000;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "End after N packets.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--duration", paramLabel = "TIME", description = "End after that time: 10s, 5m, 500ms.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = {"-a", "--autostop"},
            paramLabel = "LIMIT",
            description = "End after duration:SECONDS, packets:N, filesize:KB or files:N; repeatable.")
    private List<String> stops = List.of();

    @Option(
            names = "-C",
            paramLabel = "SIZE",
            description =
                    "Go on in the next file when one has more than SIZE million bytes, or 64k, 1.5M, 2G; the files"
                            + " are FILE, FILE1, FILE2 ...")
    private String fileSize = "";

    @Option(
            names = "-G",
            paramLabel = "SECONDS",
            description =
                    "Go on in the next file after that time; FILE is a pattern such as day-%%Y%%m%%d-%%H%%M%%S.pcap.")
    private long fileSeconds;

    @Option(
            names = "-W",
            paramLabel = "N",
            description =
                    "With -C keep only the last N files, with names that end in 0 to N-1; with -G alone end after N"
                            + " files.")
    private int fileCount;

    @Option(
            names = {"-b", "--ring-buffer"},
            paramLabel = "LIMIT",
            description = "Go on in the next file after duration:SECONDS, filesize:KB or packets:N, and keep only the"
                    + " last files:N; the files are FILE_00001_20260131120000.pcap and so on; repeatable.")
    private List<String> rings = List.of();

    private Duration autoDuration = Duration.ZERO;
    private long autoBytes;
    private int autoFiles;
    private long ringBytes;
    private long ringNanos;
    private long ringPackets;
    private int ringFiles;

    LimitOptions() {}

    /** Reads the limits; what cannot be understood is wrong usage. */
    void check(CommandLine command, boolean writes) {
        try {
            if (count < 1) throw new IllegalArgumentException("-c is below 1: " + count);
            if (duration.isNegative()) throw new IllegalArgumentException("--duration is negative: " + duration);
            if (fileSeconds < 0) throw new IllegalArgumentException("-G is negative: " + fileSeconds);
            if (fileCount < 0) throw new IllegalArgumentException("-W is negative: " + fileCount);
            for (String stop : stops) readStop(stop);
            for (String ring : rings) readRing(ring);
            checkTogether(writes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    private void checkTogether(boolean writes) {
        boolean classic = !fileSize.isEmpty() || fileSeconds > 0 || fileCount > 0;
        if (classic && !rings.isEmpty()) throw new IllegalArgumentException("one of -b and -C, -G, -W, not both");
        if (fileCount > 0 && fileSize.isEmpty() && fileSeconds == 0) {
            throw new IllegalArgumentException("-W goes with -C or -G");
        }
        if (ringFiles > 0 && ringBytes == 0 && ringNanos == 0 && ringPackets == 0) {
            throw new IllegalArgumentException("-b files: goes with -b duration:, filesize: or packets:");
        }
        if ((classic || !rings.isEmpty() || autoBytes > 0 || autoFiles > 0) && !writes) {
            throw new IllegalArgumentException("files are limited, and none is written: add -w FILE");
        }
        if (autoFiles > 0 && !rotation().rotates()) throw new IllegalArgumentException("-a files: goes with -b");
        rotation();
    }

    private void readStop(String limit) {
        String value = limit.substring(limit.indexOf(':') + 1);
        switch (kind(limit)) {
            case "duration" -> autoDuration = time(limit, value);
            case "packets" -> count = Math.min(count, number(limit, value));
            case "filesize" -> autoBytes = Math.multiplyExact(number(limit, value), KILOBYTE);
            case "files" -> autoFiles = Math.toIntExact(number(limit, value));
            default -> throw unknown("-a", limit);
        }
    }

    private void readRing(String limit) {
        String value = limit.substring(limit.indexOf(':') + 1);
        switch (kind(limit)) {
            case "duration" -> ringNanos = time(limit, value).toNanos();
            case "packets" -> ringPackets = number(limit, value);
            case "filesize" -> ringBytes = Math.multiplyExact(number(limit, value), KILOBYTE);
            case "files" -> ringFiles = Math.toIntExact(number(limit, value));
            default -> throw unknown("-b", limit);
        }
    }

    private static IllegalArgumentException unknown(String option, String limit) {
        return new IllegalArgumentException(
                option + ": not a limit: '" + limit + "' (duration:SECONDS, filesize:KB, packets:N or files:N)");
    }

    private static String kind(String limit) {
        int colon = limit.indexOf(':');
        return colon < 0 ? "" : limit.substring(0, colon);
    }

    private static Duration time(String limit, String value) {
        Duration time = DurationText.parse(value, TimeUnit.SECONDS);
        if (time.isZero() || time.isNegative()) throw new IllegalArgumentException("not a time: '" + limit + "'");
        return time;
    }

    private static long number(String limit, String value) {
        if (!value.matches("[1-9]\\d{0,9}")) throw new IllegalArgumentException("not a number from 1: '" + limit + "'");
        return Long.parseLong(value);
    }

    /** Packets after which the capture ends. */
    long count() {
        return count;
    }

    /** Time after which it ends; zero for never. */
    Duration duration() {
        if (duration.isZero()) return autoDuration;
        if (autoDuration.isZero()) return duration;
        return duration.compareTo(autoDuration) < 0 ? duration : autoDuration;
    }

    Rotation rotation() {
        if (!rings.isEmpty()) {
            boolean ends = autoFiles > 0 && (ringFiles == 0 || autoFiles <= ringFiles);
            return new Rotation(
                    ringBytes, ringNanos, ringPackets, ends ? autoFiles : ringFiles, !ends && ringFiles > 0);
        }
        if (!fileSize.isEmpty() || fileSeconds > 0) {
            long bytes = fileSize.isEmpty() ? 0 : size() + 1; // tcpdump: more than so many
            return new Rotation(bytes, fileSeconds * 1_000_000_000, 0, fileCount, !fileSize.isEmpty());
        }
        return autoBytes > 0 ? new Rotation(autoBytes, 0, 0, 1, false) : Rotation.NONE;
    }

    private long size() {
        if (fileSize.matches("\\d{1,9}")) {
            long millions = Long.parseLong(fileSize);
            if (millions < 1) throw new IllegalArgumentException("-C is below 1: " + fileSize);
            return millions * MILLION;
        }
        long bytes = ByteCount.parse(fileSize).count();
        if (bytes < 1) throw new IllegalArgumentException("-C is below 1: " + fileSize);
        return bytes;
    }

    RotationNames names(Path file) {
        if (!rings.isEmpty()) return RotationNames.dumpcap(file);
        if (fileSize.isEmpty() && fileSeconds == 0) return RotationNames.single(file);
        int ring = fileSize.isEmpty() ? 0 : fileCount;
        return RotationNames.tcpdump(file, fileSeconds > 0, !fileSize.isEmpty(), ring, ZoneId.systemDefault());
    }
}
