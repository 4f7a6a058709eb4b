package io.pairwire.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version as the build wrote it; apart from {@link Version}, since {@code --version} must not load picocli. */
final class VersionText {
    private VersionText() {}

    static String line() {
        try (var text = VersionText.class.getResourceAsStream("version.txt")) {
            if (text == null) throw new IllegalStateException("version.txt is missing in the program");
            return "pairwire " + new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
