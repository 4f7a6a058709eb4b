package io.pairwire.cli;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.session.ErrorLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A level, for everything or for one category of errors.
 *
 * @param category the name of a category, or of a logger; empty for everything
 */
record LogSetting(String category, LogLevel level) {
    /** Set when a category has a level of its own, so that its errors are written at all. */
    private static final String CATEGORIES = "pairwire.log.categories";

    /** Reads {@code LEVEL} or {@code CATEGORY=LEVEL}. */
    static final class Converter implements ITypeConverter<LogSetting> {
        /** For picocli. */
        Converter() {}

        @Override
        public LogSetting convert(String text) {
            int equals = text.lastIndexOf('=');
            String category = equals < 0 ? "" : text.substring(0, equals).strip();
            if (equals >= 0 && logger(category).isEmpty()) {
                throw new TypeConversionException("'" + category + "' is no category: " + categories());
            }
            return new LogSetting(category, level(text.substring(equals + 1).strip()));
        }

        private static LogLevel level(String text) {
            for (LogLevel level : LogLevel.values()) {
                if (level.name().equalsIgnoreCase(text)) return level;
            }
            throw new TypeConversionException("'" + text + "' is not debug, info, warning or error");
        }
    }

    private static String categories() {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code != ErrorCode.NONE)
                .map(ErrorCode::category)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The logger of a category; one with a dot in its name names itself. */
    private static Optional<String> logger(String category) {
        String wanted = category.toLowerCase(Locale.ROOT);
        if (category.indexOf('.') > 0) return Optional.of(category);
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code != ErrorCode.NONE && code.category().equals(wanted))
                .map(ErrorLog::logger)
                .findFirst();
    }

    /** Takes effect at once; that of everything if nothing was logged yet. */
    void apply() {
        if (category.isEmpty()) {
            level.apply();
            return;
        }
        System.setProperty(CATEGORIES, "true");
        logger(category).ifPresent(level::change);
    }

    /** What an earlier command of this process wanted. */
    static void forget() {
        System.clearProperty(CATEGORIES);
    }

    /** Are errors of sessions and protocols to be written to the log when a run is over? */
    static boolean writesErrors() {
        return LogLevel.isDebug() || Boolean.getBoolean(CATEGORIES);
    }
}
