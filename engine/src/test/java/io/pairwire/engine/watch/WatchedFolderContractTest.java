package io.pairwire.engine.watch;

import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PacketSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is read once is a source as any other. */
class WatchedFolderContractTest extends PacketSourceContract {
    @TempDir
    Path folder;

    @Override
    protected List<Expected> expected() {
        return LongStream.of(1, 2, 3, 4, 5)
                .mapToObj(time ->
                        new Expected(Captures.START + time, HexFormat.of().formatHex(Captures.frame(time))))
                .toList();
    }

    @Override
    protected PacketSource source() throws IOException {
        Files.write(folder.resolve("a"), Captures.pcap(1, 4, 5));
        Files.write(folder.resolve("b"), Captures.pcapng(2, 3));
        return new WatchedFolder(
                FolderSettings.of(folder).withOnce(true),
                FolderEvents.polling(Duration.ofNanos(1), nanos -> {}),
                () -> 0,
                notice -> {});
    }
}
