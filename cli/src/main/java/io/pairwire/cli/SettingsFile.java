package io.pairwire.cli;

import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.RequestSide;
import io.pairwire.memory.DurationText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Settings that may change while a watch runs: a text file, a line each, {@code name = value} with the names of the options;
 * {@code #} begins a comment. What is not in it is as the command line says.
 */
final class SettingsFile {
    private static final long LARGEST = 1 << 16;

    /**
     * What a file says.
     *
     * @param engine how the engine works
     * @param output where results go, if it says so
     * @param level how much is logged, if it says so
     */
    record Settings(EngineSettings engine, Optional<Path> output, Optional<LogLevel> level) {}

    private SettingsFile() {}

    /**
     * Reads a file.
     *
     * @param options what the command line says
     * @throws IllegalArgumentException if a line is wrong; the message names it
     * @throws IOException if it cannot be read
     */
    static Settings read(Path file, EngineSettings options) throws IOException {
        if (Files.size(file) > LARGEST) throw new IOException(file + ": too long for settings");
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": is no text", e);
        }
        return parse(text, options);
    }

    static Settings parse(String text, EngineSettings options) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        var settings = new Settings(options, Optional.empty(), Optional.empty());
        int number = 0;
        for (String whole : text.split("\\R")) {
            number++;
            int comment = whole.indexOf('#');
            String line = (comment < 0 ? whole : whole.substring(0, comment)).strip();
            if (line.isEmpty()) continue;
            int equals = line.indexOf('=');
            if (equals < 0) throw wrong(number, "no '=' in: " + line);
            String name = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (name.startsWith("--")) name = name.substring(2);
            Integer before = lines.putIfAbsent(name, number);
            if (before != null) throw wrong(number, name + " is in line " + before + " as well");
            String value = line.substring(equals + 1).strip();
            try {
                settings = with(settings, name, value);
            } catch (IllegalArgumentException e) {
                throw wrong(number, e.getMessage());
            }
        }
        return settings;
    }

    private static Settings with(Settings known, String name, String value) {
        if (value.isEmpty()) throw new IllegalArgumentException(name + " has no value");
        EngineSettings engine = known.engine;
        return switch (name) {
            case "internal" ->
                with(
                        known,
                        engine.withInternal(Arrays.stream(value.split(","))
                                .map(network -> Prefix.parse(network.strip()))
                                .toList()));
            case "request-side" ->
                with(known, engine.withRequestSide(RequestSide.valueOf(value.toUpperCase(Locale.ROOT))));
            case "expiry" -> with(known, engine.withExpiry(DurationText.parse(value, TimeUnit.SECONDS)));
            case "max-unmatched" -> with(known, engine.withMaxUnmatched(number(name, value, Long.MAX_VALUE)));
            case "buffer-size" -> with(known, engine.withBufferSize((int) number(name, value, Integer.MAX_VALUE)));
            case "queue-policy" -> with(known, engine.withPolicy(Policies.parse(value)));
            case "output" -> new Settings(engine, Optional.of(Path.of(value)), known.level);
            case "log-level" ->
                new Settings(engine, known.output, Optional.of(LogLevel.valueOf(value.toUpperCase(Locale.ROOT))));
            default ->
                throw new IllegalArgumentException("'" + name + "' cannot be changed here; internal, request-side,"
                        + " expiry, max-unmatched, queue-policy, buffer-size, output and log-level can");
        };
    }

    private static Settings with(Settings known, EngineSettings engine) {
        return new Settings(engine, known.output, known.level);
    }

    private static long number(String name, String value, long most) {
        try {
            long number = Long.parseLong(value.replace("_", ""));
            if (number <= most) return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number: " + value, e);
        }
        throw new IllegalArgumentException(name + " is above " + most + ": " + value);
    }

    private static IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException("line " + line + ": " + what);
    }
}
