package io.pairwire.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A small file written at once, replaced as {@link OutputFile} does it. */
public final class TextFile {
    private TextFile() {}

    /** In UTF-8. */
    public static void write(Path path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path path, byte[] bytes) throws IOException {
        try (var file = OutputFile.replace(path)) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) file.write(rest);
        }
    }
}
