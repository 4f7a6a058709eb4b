package io.pairwire.dpi.session;

import io.pairwire.dpi.ErrorCode;
import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * Writes what was counted to the log, a line for each error, when a run is over: on the packet path nothing is logged. Each
 * category of errors has its own logger, {@code io.pairwire.dpi.packet} and so on, so that levels can be set apart;
 * informations are DEBUG there, warnings WARNING, errors ERROR.
 */
public final class ErrorLog {
    private static final String PREFIX = "io.pairwire.dpi.";

    private ErrorLog() {}

    /** The name of the logger for errors of that category. */
    public static String logger(ErrorCode code) {
        return PREFIX + code.category();
    }

    /** At which level an error is written. */
    public static Level level(ErrorCode code) {
        return switch (code.severity()) {
            case INFO -> Level.DEBUG;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.ERROR;
        };
    }

    /** Writes all that happened at least once, in the order of the numbers. */
    public static void write(InspectorTotals totals) {
        totals.errors().forEach((code, count) -> {
            System.Logger log = System.getLogger(logger(code));
            Level level = level(code);
            if (log.isLoggable(level)) log.log(level, line(code, count));
        });
    }

    private static String line(ErrorCode code, long count) {
        String times = count == 1 ? "once" : count + " times";
        return code.number() + " " + code.name().toLowerCase(Locale.ROOT) + ", " + times + ": " + code.text() + ". "
                + code.cure();
    }
}
