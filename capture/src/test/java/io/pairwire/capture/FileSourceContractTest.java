package io.pairwire.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileSourceContractTest {
    @TempDir
    Path folder;

    @Nested
    class OneFile extends PacketSourceContract {
        @Override
        protected List<Expected> expected() {
            return List.of(new Expected(5, "00"), new Expected(6, "01"), new Expected(6, "02"), new Expected(9, "03"));
        }

        @Override
        protected PacketSource source() throws IOException {
            return FileSource.open(List.of(Captures.write(folder.resolve("a.pcap"), Captures.pcap(5, 6, 6, 9))));
        }
    }

    @Nested
    class OverlappingFiles extends PacketSourceContract {
        @Override
        protected List<Expected> expected() {
            return List.of(
                    new Expected(1, "00"),
                    new Expected(2, "00"),
                    new Expected(4, "01"),
                    new Expected(5, "01"),
                    new Expected(5, "02"),
                    new Expected(8, "00"));
        }

        @Override
        protected PacketSource source() throws IOException {
            Captures.write(folder.resolve("a.pcap"), Captures.pcap(2, 5));
            Captures.write(folder.resolve("b.pcap"), Captures.pcap(1, 4, 5));
            Captures.write(folder.resolve("c.pcap"), Captures.pcap(8));
            return FileSource.open(List.of(folder.toString()));
        }
    }
}
