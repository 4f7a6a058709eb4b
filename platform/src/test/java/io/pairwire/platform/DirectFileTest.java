package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectFileTest {
    @TempDir
    private Path folder;

    /** arch/x86 and asm-generic have one number, arm64 another. */
    @Test
    void each_machine_has_its_own_number_of_the_flag() {
        assertEquals(0x4000, DirectFile.flag("Linux", "amd64"));
        assertEquals(0x4000, DirectFile.flag("Linux", "riscv64"));
        assertEquals(0x10000, DirectFile.flag("Linux", "aarch64"));
        assertEquals(-1, DirectFile.flag("Linux", "s390x"));
        assertEquals(-1, DirectFile.flag("Mac OS X", "aarch64"));
    }

    @Test
    void bytes_arrive_where_they_were_to_be() throws IOException {
        Path path = Files.createFile(folder.resolve("x"));
        int page = DirectFile.ALIGNMENT;
        var expected = new byte[3 * page];
        for (int i = page; i < expected.length; i++) expected[i] = (byte) (i * 31 >> 3);
        try (Arena arena = Arena.ofConfined();
                DirectFile file = opened(path)) {
            MemorySegment bytes = arena.allocate(2 * page, page);
            MemorySegment.copy(MemorySegment.ofArray(expected), page, bytes, 0, 2 * page);
            assertEquals(page, file.write(bytes.asSlice(page, page), 2 * page));
            assertEquals(page, file.write(bytes.asSlice(0, page), page));
        }
        assertArrayEquals(expected, Files.readAllBytes(path));
    }

    @Test
    void what_is_not_there_is_not_made() {
        assumeTrue(
                DirectFile.flag(System.getProperty("os.name"), System.getProperty("os.arch")) >= 0, "no O_DIRECT here");
        var refused = assertThrows(SystemCallException.class, () -> DirectFile.open(folder.resolve("missing")));
        assertEquals(Errno.ENOENT, refused.errno());
    }

    private static DirectFile opened(Path path) {
        try {
            return DirectFile.open(path);
        } catch (SystemCallException e) {
            return abort("this file system has no O_DIRECT: " + e.getMessage());
        }
    }
}
