package io.pairwire.engine.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A folder with results of a batch: for each unit what its job wrote, and a record of how it ended. The record comes last and
 * at once, so that after a crash a unit is either done or not.
 *
 * <p>Several processes may work on different parts in one folder. A record of another plan counts as none.
 */
public final class BatchResults {
    private static final int CHUNK = 1 << 16;

    private final Path folder;
    private final String planId;

    public BatchResults(Path folder, BatchPlan plan) {
        this.folder = folder;
        planId = plan.id();
    }

    private Path file(BatchUnit unit, String suffix) {
        return folder.resolve(String.format(Locale.ROOT, "%06d%s", unit.number(), suffix));
    }

    /** Where a job writes while it runs. */
    public Path unfinished(BatchUnit unit) {
        return file(unit, ".tmp");
    }

    /** What a job has written. */
    public Path result(BatchUnit unit) {
        return file(unit, ".out");
    }

    /** Makes the folder if it is not there. */
    public void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    /** Says that a unit is done, and takes what was written to {@link #unfinished} as its result. */
    public UnitRecord finish(BatchUnit unit, UnitState state, String reason) throws IOException {
        Path written = unfinished(unit);
        try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        var made = new UnitRecord(state, reason, Files.size(written), check(written));
        Files.move(written, result(unit), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        write(unit, made);
        return made;
    }

    /** Says that a unit gave no result. */
    public UnitRecord give(BatchUnit unit, UnitState state, String reason) throws IOException {
        var made = new UnitRecord(state, reason, 0, 0);
        write(unit, made);
        Files.deleteIfExists(unfinished(unit));
        return made;
    }

    private void write(BatchUnit unit, UnitRecord made) throws IOException {
        Path next = file(unit, ".rec.tmp");
        String reason = made.reason().replace('\n', ' ').replace('\r', ' ');
        Files.writeString(
                next,
                String.join(
                        "\n",
                        planId,
                        made.state().name(),
                        Long.toString(made.length()),
                        Integer.toHexString(made.check()),
                        reason,
                        ""));
        Files.move(next, file(unit, ".rec"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is known of a unit; {@link UnitRecord#MISSING} if nothing is, or its result is not what it was. */
    public UnitRecord record(BatchUnit unit) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(unit, ".rec"));
        } catch (NoSuchFileException e) {
            return UnitRecord.MISSING;
        }
        if (lines.size() < 5 || !lines.getFirst().equals(planId)) return UnitRecord.MISSING;
        UnitRecord read;
        try {
            read = new UnitRecord(
                    UnitState.valueOf(lines.get(1)),
                    lines.get(4),
                    Long.parseLong(lines.get(2)),
                    Integer.parseUnsignedInt(lines.get(3), 16));
        } catch (IllegalArgumentException e) {
            return UnitRecord.MISSING; // a crash of the machine may leave anything
        }
        boolean whole = !read.state().hasResult() || isWhole(result(unit), read.length());
        return whole ? read : UnitRecord.MISSING;
    }

    private static boolean isWhole(Path result, long length) throws IOException {
        return Files.isRegularFile(result) && Files.size(result) == length;
    }

    /** The check of a result. */
    public static int check(Path result) throws IOException {
        var sum = new CRC32C();
        var buffer = ByteBuffer.allocate(CHUNK);
        try (var channel = FileChannel.open(result, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) sum.update(buffer.flip());
        }
        return (int) sum.getValue();
    }

    /** Opens a result to read it. */
    public InputStream open(BatchUnit unit) throws IOException {
        return Files.newInputStream(result(unit));
    }
}
