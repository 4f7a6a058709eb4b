package io.pairwire.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The options that all commands share. */
final class LoggingOptions {
    @Option(
            names = {"-l", "--log-level"},
            paramLabel = "LEVEL",
            split = ",",
            converter = LogSetting.Converter.class,
            description = {
                "debug, info, warning or error; debug also shows stack traces (default: info).",
                "Also for one category: packet=debug,plug-in=error. Categories are those of"
                        + " 'pairwire protocols --errors', or the full name of a logger."
            })
    private List<LogSetting> settings = List.of();

    LoggingOptions() {}

    /** To be called before anything is logged. */
    void apply() {
        LogLevel.INFO.apply();
        LogSetting.forget();
        settings.stream().filter(setting -> setting.category().isEmpty()).forEach(LogSetting::apply);
        settings.stream().filter(setting -> !setting.category().isEmpty()).forEach(LogSetting::apply);
    }
}
