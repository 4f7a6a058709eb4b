package io.pairwire.cli;

import io.pairwire.engine.replay.ReplaySpeed;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How fast a replay goes: one of these, or as captured. */
final class SpeedOptions {
    private static final double MEGA = 1e6;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            converter = FactorConverter.class,
            description = "So many times as fast as captured: 2x, 0.5x (default: 1x).")
    private Optional<Double> factor = Optional.empty();

    @Option(names = "--pps", paramLabel = "N", description = "So many packets a second, evenly.")
    private Optional<Double> packets = Optional.empty();

    @Option(names = "--mbps", paramLabel = "N", description = "So many million bits of frames a second.")
    private Optional<Double> megabits = Optional.empty();

    @Option(
            names = {"-t", "--top-speed"},
            description = "As fast as it goes.")
    private boolean top;

    SpeedOptions() {}

    ReplaySpeed speed(CommandLine command) {
        int given = (factor.isPresent() ? 1 : 0)
                + (packets.isPresent() ? 1 : 0)
                + (megabits.isPresent() ? 1 : 0)
                + (top ? 1 : 0);
        if (given > 1)
            throw new ParameterException(command, "one of --speed, --pps, --mbps and --top-speed, not several");
        try {
            if (packets.isPresent()) return new ReplaySpeed.PacketRate(packets.get());
            if (megabits.isPresent()) return new ReplaySpeed.BitRate(megabits.get() * MEGA);
            return top ? new ReplaySpeed.Top() : new ReplaySpeed.Captured(factor.orElse(1.0));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    /** A number, with or without an x behind it. */
    static final class FactorConverter implements ITypeConverter<Double> {
        FactorConverter() {}

        @Override
        public Double convert(String text) {
            String number = text.toLowerCase(Locale.ROOT).replaceFirst("x$", "");
            try {
                return Double.parseDouble(number);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("not a factor: '" + text + "' (such as 2x or 0.5x)");
            }
        }
    }
}
