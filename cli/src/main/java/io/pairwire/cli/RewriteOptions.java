package io.pairwire.cli;

import io.pairwire.decode.rewrite.EditorSettings;
import io.pairwire.decode.rewrite.MovedMac;
import io.pairwire.decode.rewrite.MovedNetwork;
import io.pairwire.decode.rewrite.PacketEditor;
import io.pairwire.engine.Prefix;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Other addresses than the captured ones. */
final class RewriteOptions {
    @Option(
            names = "--map",
            paramLabel = "FROM=TO",
            converter = NetworkConverter.class,
            description = "Move addresses of one network into another: 10.1.0.0/16=192.168.0.0/16, or one address to"
                    + " another; repeatable, the first that fits counts. Right checksums are right again.")
    private List<MovedNetwork> networks = List.of();

    @Option(
            names = "--map-mac",
            paramLabel = "FROM=TO",
            converter = MovedMacConverter.class,
            description = "Exchange a MAC address wherever it stands; repeatable.")
    private List<MovedMac> macs = List.of();

    @Option(
            names = "--source-mac",
            paramLabel = "MAC",
            converter = MacConverter.class,
            description = "Send all frames from that MAC address.")
    private Optional<Long> source = Optional.empty();

    @Option(
            names = "--destination-mac",
            paramLabel = "MAC",
            converter = MacConverter.class,
            description = "Send all frames to that MAC address.")
    private Optional<Long> destination = Optional.empty();

    @Option(
            names = "--fix-checksums",
            description = "Put wrong checksums right too, such as those that a card was to fill in.")
    private boolean right;

    RewriteOptions() {}

    /** Empty if nothing is to change. */
    Optional<PacketEditor> editor() {
        var settings = new EditorSettings(networks, macs, optional(source), optional(destination), right);
        return settings.isEmpty() ? Optional.empty() : Optional.of(new PacketEditor(settings));
    }

    private static OptionalLong optional(Optional<Long> mac) {
        return mac.isPresent() ? OptionalLong.of(mac.get()) : OptionalLong.empty();
    }

    private static String[] halves(String text) {
        String[] halves = text.split("=", -1);
        if (halves.length != 2) throw new TypeConversionException("not FROM=TO: '" + text + "'");
        return halves;
    }

    private static long mac(String text) {
        String digits = text.toLowerCase(Locale.ROOT).replaceAll("[:-]", "");
        if (!text.matches("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{12}")) {
            throw new TypeConversionException("not a MAC address: '" + text + "' (such as 02:00:00:00:00:01)");
        }
        return Long.parseLong(digits, 16);
    }

    /** {@code 02:00:00:00:00:01}. */
    static final class MacConverter implements ITypeConverter<Long> {
        MacConverter() {}

        @Override
        public Long convert(String text) {
            return mac(text);
        }
    }

    /** Two of them. */
    static final class MovedMacConverter implements ITypeConverter<MovedMac> {
        MovedMacConverter() {}

        @Override
        public MovedMac convert(String text) {
            String[] halves = halves(text);
            return new MovedMac(mac(halves[0]), mac(halves[1]));
        }
    }

    /** Two networks of the same kind and length. */
    static final class NetworkConverter implements ITypeConverter<MovedNetwork> {
        NetworkConverter() {}

        @Override
        public MovedNetwork convert(String text) {
            String[] halves = halves(text);
            Prefix from;
            Prefix to;
            try {
                from = Prefix.parse(halves[0]);
                to = Prefix.parse(halves[1]);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
            if (from.ipv6() != to.ipv6() || from.length() != to.length()) {
                throw new TypeConversionException("not two networks of the same kind and length: '" + text + "'");
            }
            return new MovedNetwork(from.ipv6(), from.high(), from.low(), to.high(), to.low(), from.length());
        }
    }
}
