package io.pairwire.cli;

import io.pairwire.engine.EngineSettings;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Turns a setting's own refusal into wrong usage that names the option.
 *
 * @param command who is to blame in the message
 */
record Ranges(CommandLine command) {

    EngineSettings checked(String option, EngineSettings settings, UnaryOperator<EngineSettings> change) {
        try {
            return change.apply(settings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "Invalid value for option '" + option + "': " + e.getMessage(), e);
        }
    }
}
