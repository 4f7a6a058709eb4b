package io.pairwire.cli;

import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.decode.filter.vfm.VfmProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of VFM in files, which hold text or bytes. */
final class VfmText {
    private static final int LARGEST = 1 << 20;

    private VfmText() {}

    /**
     * Assembler text. A file is taken for bytes if it holds a control character, which every program as bytes does (its RET), and
     * no text.
     */
    static String read(Path file, VfmMode mode) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), mode);
        }
    }

    /** As above; {@code name} is for errors. */
    static String read(InputStream in, String name, VfmMode mode) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) throw new IOException(name + ": too large for a filter");
        if (!isBytes(bytes)) return new String(bytes, StandardCharsets.UTF_8);
        try {
            return VfmProgram.of(bytes, mode).toString();
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ", as bytes of VFM in mode " + mode + ": " + e.getMessage(), e);
        }
    }

    private static boolean isBytes(byte[] bytes) {
        for (byte b : bytes) if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') return true;
        return false;
    }
}
