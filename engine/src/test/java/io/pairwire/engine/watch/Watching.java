package io.pairwire.engine.watch;

import io.pairwire.capture.PacketSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A watched folder under a clock that stands still unless a test moves it, and what it has handed over. */
final class Watching implements AutoCloseable {
    /** Says each time that anything may have changed. */
    private static final class AlwaysLost implements FolderEvents {
        @Override
        public void watch(Path folder) {}

        @Override
        public void await(Duration limit, Handler handler) {
            handler.lost();
        }

        @Override
        public void close() {}
    }

    final WatchedFolder source;
    final List<String> notices = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Path folder;
    private long nanos;

    Watching(Path folder, Function<FolderSettings, FolderSettings> settings) {
        this.folder = folder;
        source = new WatchedFolder(
                settings.apply(FolderSettings.of(folder)), new AlwaysLost(), () -> nanos, notices::add);
    }

    Watching(Path folder) {
        this(folder, settings -> settings);
    }

    void later(Duration time) {
        nanos += time.toNanos();
    }

    /** Polls until there is nothing more for now, or the end. */
    List<String> read() throws IOException {
        seen.clear();
        int idle = 0;
        while (idle < 3) {
            int handed = source.poll(
                    packet -> seen.add(folder.relativize(Path.of(source.fileName(packet.file()))) + " "
                            + packet.number() + " " + (packet.epochNanos() - Captures.START)),
                    2);
            if (handed == PacketSource.END) break;
            idle = handed == 0 ? idle + 1 : 0;
        }
        return List.copyOf(seen);
    }

    boolean ended() throws IOException {
        return source.poll(packet -> {}, 1) == PacketSource.END;
    }

    /** As an engine does once all is written. */
    void commit() throws IOException {
        source.beginCommit();
        source.committed();
    }

    byte[] saved() throws IOException {
        var bytes = new ByteArrayOutputStream();
        source.save(new DataOutputStream(bytes), Duration.ofMinutes(1).toNanos());
        return bytes.toByteArray();
    }

    Watching restored(byte[] saved) throws IOException {
        source.restore(new DataInputStream(new ByteArrayInputStream(saved)));
        return this;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
