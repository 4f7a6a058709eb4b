package io.pairwire.cli;

import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.decode.rewrite.AnonymizationKey;
import io.pairwire.decode.rewrite.Anonymizer;
import io.pairwire.decode.rewrite.AnonymizerSettings;
import io.pairwire.decode.rewrite.AnonymizerSettings.Macs;
import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;
import io.pairwire.decode.rewrite.KeptNetwork;
import io.pairwire.decode.rewrite.MappingListener;
import io.pairwire.engine.Prefix;
import io.pairwire.output.HumanText;
import io.pairwire.output.MappingFile;
import io.pairwire.output.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire anonymize}: captures that may be shown to others. */
@Command(
        name = "anonymize",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Writes captures with addresses mapped under a key, prefixes of IP addresses preserved"
                + " (Crypto-PAn), payload taken out, and checksums right where they were. Times, ports and lengths stay."
                + " Comments, names, secrets and what machine captured are left out.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  With a new key, which is told on standard error:",
            "    pairwire anonymize -o show.pcap secret.pcap",
            "  Two captures the same way:",
            "    head -c 32 /dev/urandom > key",
            "    pairwire anonymize --key-file key -o a.pcap monday.pcap",
            "    pairwire anonymize --key-file key -o b.pcap tuesday.pcap",
            "  Headers only, own networks recognisable:",
            "    pairwire anonymize --payload cut --keep-prefix 10.0.0.0/8 -o show.pcapng secret.pcapng"
        })
final class AnonymizeCommand implements Callable<Integer> {
    /** What becomes of addresses that mean the same everywhere. */
    enum Special {
        KEEP,
        MAP
    }

    /** The longest key file that makes sense: a key in digits with blanks around it. */
    private static final int LONGEST_KEY_FILE = 4_096;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The key: 32 bytes, or 64 hexadecimal digits. The same key maps the same way (default: a new"
                    + " one, told on standard error).")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "WHAT",
            description = "zero: payload becomes zeros; cut: packets are cut before it; keep: it stays, with the"
                    + " addresses and names in it (default: zero).")
    private Payload payload = Payload.ZERO;

    @Option(
            names = "--mac",
            paramLabel = "WHAT",
            description = "hash: MAC addresses are mapped too; oui: but for the vendor's three bytes; keep: they stay"
                    + " (default: hash).")
    private Macs macs = Macs.HASH;

    @Option(
            names = "--special",
            paramLabel = "WHAT",
            description = "keep: 0/8, 127/8, multicast, broadcast and group addresses stay, link-local ones stay"
                    + " link-local; map: they are mapped as all others (default: keep).")
    private Special special = Special.KEEP;

    @Option(
            names = "--keep-prefix",
            paramLabel = "NETWORK",
            description = "Addresses in that network stay in it; repeatable.")
    private List<Prefix> kept = List.of();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Write there which address became which, a million of them at most. Keep it as secret as the"
                    + " capture.")
    private Optional<Path> mapping = Optional.empty();

    @Mixin
    private WriterOptions output = new WriterOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    AnonymizeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        if (mapping.isPresent() && mapping.equals(output.file())) {
            throw new ParameterException(spec.commandLine(), "--mapping is the output: " + mapping.get());
        }
        AnonymizationKey key = key();
        if (mapping.isEmpty()) return run(key, MappingListener.NONE);
        OutputFile file = OutputFile.replace(mapping.get());
        var table = new MappingFile(file);
        int code;
        try {
            code = run(key, table);
        } catch (IOException | RuntimeException e) {
            file.abandon();
            throw e;
        }
        table.close();
        if (table.leftOut() > 0) {
            streams.tell(mapping.get() + " lists the first " + HumanText.count(table.listed())
                    + " addresses only; others came " + HumanText.count(table.leftOut(), "time"));
        }
        return code;
    }

    private int run(AnonymizationKey key, MappingListener listener) throws IOException {
        var networks = new ArrayList<KeptNetwork>();
        if (special == Special.KEEP) networks.addAll(KeptNetwork.special());
        for (Prefix prefix : kept) {
            networks.add(new KeptNetwork(prefix.ipv6(), prefix.high(), prefix.low(), prefix.length(), false));
        }
        var settings = new AnonymizerSettings(macs, payload, networks, special == Special.KEEP);
        var anonymizer = new Anonymizer(key, settings, listener);
        int code = new CopyRun(inputs, output, spec.commandLine(), streams)
                .filtering(filters.takeFrom(inputs))
                .describing(PacketCopy.BARE)
                .sparingInputsFrom(mapping)
                .to((packet, to) -> to.write(anonymizer.rewrite(packet)));
        if (!inputs.quiet) tell(anonymizer);
        return code;
    }

    private void tell(Anonymizer anonymizer) {
        var statistics = anonymizer.statistics();
        if (statistics.unsupported() > 0) {
            streams.tell("cleared whole, as addresses are not found in their link type: "
                    + HumanText.count(statistics.unsupported(), "packet"));
        }
        if (statistics.cleared() > 0) {
            streams.tell("cleared from a header on that is cut or malformed: "
                    + HumanText.count(statistics.cleared(), "packet"));
        }
    }

    private AnonymizationKey key() throws IOException {
        if (keyFile.isEmpty()) {
            var key = AnonymizationKey.random(new SecureRandom());
            streams.tell("the key, to map others the same way (keep it secret): " + key.toHex());
            return key;
        }
        Path file = keyFile.get();
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST_KEY_FILE);
        }
        if (bytes.length == AnonymizationKey.LENGTH) return AnonymizationKey.of(bytes);
        try {
            return AnonymizationKey.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--key-file " + file + ": neither 32 bytes nor 64 hexadecimal digits", e);
        }
    }
}
