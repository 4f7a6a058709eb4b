package io.pairwire.cli;

import picocli.CommandLine.Option;

/** The options that all commands share. */
final class LoggingOptions {
    @Option(
            names = {"-l", "--log-level"},
            paramLabel = "LEVEL",
            description = "debug, info, warning or error; debug also shows stack traces (default: info).")
    private LogLevel level = LogLevel.INFO;

    LoggingOptions() {}

    /** To be called before anything is logged. */
    void apply() {
        level.apply();
    }
}
