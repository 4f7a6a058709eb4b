package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.FilterLanguage;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.live.LiveSettings;
import io.pairwire.output.NamedPipe;
import io.pairwire.platform.NetworkDevice;
import java.io.IOException;
import java.nio.file.Path;
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

/** {@code pairwire extcap}: what Wireshark calls to show our sources among its interfaces, extcap(4). */
@Command(
        name = "extcap",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Answers Wireshark, which calls it through a script in its folder for extcap programs; then its list of"
                        + " interfaces shows ours. Not for people.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  Make it known to Wireshark, whose Help > About > Folders names the folder:",
            "    printf '#!/bin/sh\\nexec pairwire extcap \"$@\"\\n' > ~/.local/lib/wireshark/extcap/pairwire",
            "    chmod +x ~/.local/lib/wireshark/extcap/pairwire",
            "  What Wireshark will see:",
            "    pairwire extcap --extcap-interfaces"
        })
final class ExtcapCommand implements Callable<Integer> {
    /** In front of names of interfaces, since Wireshark has its own of the same names. */
    private static final String PREFIX = "pairwire-";

    private static final int ARPHRD_NONE = 0xfffe;
    private static final int ARPHRD_IEEE80211 = 801;
    private static final int ARPHRD_IEEE80211_RADIOTAP = 803;
    private static final int DLT_RAW = 12;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--extcap-interfaces", description = "List the interfaces.")
    private boolean lists;

    @Option(names = "--extcap-dlts", description = "Tell the link type of the interface.")
    private boolean tellsLinkType;

    @Option(names = "--extcap-config", description = "Tell what can be set for the interface.")
    private boolean tellsOptions;

    @Option(names = "--extcap-interface", paramLabel = "NAME", description = "The interface, as listed.")
    private Optional<String> chosen = Optional.empty();

    @Option(
            names = "--extcap-capture-filter",
            paramLabel = "EXPRESSION",
            description = "The filter; without --capture, say whether it is one.")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--capture", description = "Capture from the interface into the pipe.")
    private boolean captures;

    @Option(names = "--fifo", paramLabel = "PIPE", description = "The pipe.")
    private Optional<Path> fifo = Optional.empty();

    @Option(names = "--extcap-version", paramLabel = "VERSION", arity = "0..1", description = "Of Wireshark.")
    private Optional<String> version = Optional.empty();

    @Option(names = "--backend", paramLabel = "BACKEND", description = "As in capture (default: auto).")
    private String backend = "auto";

    @Option(names = "--xdp-mode", paramLabel = "MODE", description = "As in capture, for af-xdp.")
    private Optional<String> xdpMode = Optional.empty();

    @Option(names = "--snaplen", paramLabel = "BYTES", description = "As in capture.")
    private Optional<String> snaplen = Optional.empty();

    @Option(
            names = "--promiscuous",
            paramLabel = "BOOLEAN",
            arity = "0..1",
            fallbackValue = "true",
            description = "Whether to ask for packets that are addressed to others (default: true).")
    private boolean promiscuous = true;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    ExtcapCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        if (captures) return capture();
        var answer = new ArrayList<String>();
        if (lists) interfaces(answer);
        else if (tellsLinkType) answer.add(linkType(device()));
        else if (tellsOptions) options(answer);
        else if (filter.isPresent()) verify(answer);
        else {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing asked for: --extcap-interfaces, --extcap-dlts, --extcap-config or --capture");
        }
        answer.forEach(streams.out()::println);
        streams.out().confirm();
        return ExitCode.DONE;
    }

    private static void interfaces(List<String> answer) throws IOException {
        answer.add("extcap {version=" + VersionText.line().substring("pairwire ".length()) + "}{display=Pairwire}");
        for (NetworkDevice device : InterfacesCommand.devices()) {
            if (!device.isUp()) continue;
            answer.add("interface {value=" + PREFIX + device.name() + "}{display=Pairwire: " + device.name() + "}");
        }
        answer.add("interface {value=" + PREFIX + LiveSettings.ANY + "}{display=Pairwire: all interfaces}");
    }

    /** The name of the chosen interface as the system has it. */
    private String device() {
        String name = chosen.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "which interface? --extcap-interface NAME"));
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private static String linkType(String device) throws IOException {
        if (device.equals(LiveSettings.ANY)) {
            return dlt(LinkType.LINUX_SLL2, "LINUX_SLL2", "Linux cooked v2");
        }
        for (NetworkDevice known : InterfacesCommand.devices()) {
            if (!known.name().equals(device)) continue;
            return switch (known.hardwareType()) {
                case ARPHRD_NONE -> dlt(DLT_RAW, "RAW", "Raw IP");
                case ARPHRD_IEEE80211 -> dlt(LinkType.IEEE802_11, "IEEE802_11", "802.11");
                case ARPHRD_IEEE80211_RADIOTAP ->
                    dlt(LinkType.IEEE802_11_RADIOTAP, "IEEE802_11_RADIO", "802.11 plus radiotap header");
                default -> dlt(LinkType.ETHERNET, "EN10MB", "Ethernet");
            };
        }
        throw new IOException(device + ": no such interface");
    }

    private static String dlt(int number, String name, String display) {
        return "dlt {number=" + number + "}{name=" + name + "}{display=" + display + "}";
    }

    private void options(List<String> answer) {
        boolean any = device().equals(LiveSettings.ANY);
        answer.add("arg {number=0}{call=--backend}{display=By what means}{type=selector}"
                + "{tooltip=AF_XDP takes the traffic: the network stack of this machine does not see it meanwhile}");
        answer.add("value {arg=0}{value=auto}{display=The best tap there is}{default=true}");
        answer.add("value {arg=0}{value=af-packet}{display=Packet socket (a tap)}{default=false}");
        if (!any) answer.add("value {arg=0}{value=af-xdp}{display=AF_XDP (takes the traffic)}{default=false}");
        answer.add("arg {number=1}{call=--snaplen}{display=Snapshot length}{type=integer}{range=0,262144}{default=0}"
                + "{tooltip=Bytes kept of each packet; 0 for all}");
        answer.add("arg {number=2}{call=--promiscuous}{display=Promiscuous mode}{type=boolean}{default=true}"
                + "{tooltip=Also what is addressed to others}");
        if (any) return;
        answer.add("arg {number=3}{call=--xdp-mode}{display=AF_XDP runs}{type=selector}"
                + "{tooltip=Only if AF_XDP is chosen}");
        answer.add("value {arg=3}{value=auto}{display=Where it can}{default=true}");
        answer.add("value {arg=3}{value=native}{display=In the driver}{default=false}");
        answer.add("value {arg=3}{value=generic}{display=In the kernel, on every driver}{default=false}");
    }

    /** Says nothing if the filter is one, as Wireshark wants it. */
    private void verify(List<String> answer) {
        try {
            PacketFilter.compile(FilterLanguage.PCAP, VfmMode.SOUND, filter.orElse(""));
        } catch (IllegalArgumentException e) {
            answer.add(String.valueOf(e.getMessage()));
        }
    }

    /** By the capture command, whose manners at the end of pipes are right. */
    private int capture() throws IOException {
        Path pipe = fifo.orElseThrow(() -> new ParameterException(spec.commandLine(), "capture where to? --fifo PIPE"));
        var command = new ArrayList<>(List.of(
                "capture",
                "-i",
                device(),
                "-w",
                "-",
                "--to",
                "pcapng",
                "-U",
                "--immediate",
                "--quiet",
                "--backend",
                backend));
        if (backend.contains("xdp") && xdpMode.isPresent()) command.addAll(List.of("--xdp-mode", xdpMode.get()));
        snaplen.ifPresent(bytes -> command.addAll(List.of("-s", bytes)));
        if (!promiscuous) command.add("-p");
        filter.filter(text -> !text.isBlank()).ifPresent(text -> command.addAll(List.of("-f", text)));
        try (var reader = NamedPipe.open(pipe)) { // who reads closes it when it has seen enough
            return Pairwire.run(command, new Streams(reader, streams.out(), streams.err(), false));
        }
    }
}
