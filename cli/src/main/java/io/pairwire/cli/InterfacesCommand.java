package io.pairwire.cli;

import io.pairwire.live.LiveSettings;
import io.pairwire.output.AddressText;
import io.pairwire.output.JsonText;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pairwire interfaces}: where packets can be captured. */
@Command(
        name = "interfaces",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Lists the network interfaces: number for -i, name, state, MTU, whose clock can stamp packets, addresses.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  pairwire interfaces", "  pairwire interfaces --json | jq -r '.[].name'"})
final class InterfacesCommand implements Callable<Integer> {
    private static final int LONGEST_ADDRESS = 64;

    private final Streams streams;

    @Option(names = "--json", description = "As a list of objects.")
    private boolean json;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    InterfacesCommand(Streams streams) {
        this.streams = streams;
    }

    /** All interfaces: those that work first, the loopback behind them. */
    static List<NetworkDevice> devices() throws IOException {
        var devices = new ArrayList<>(NetworkDevices.all());
        devices.sort(Comparator.comparing((NetworkDevice device) -> !device.isUp())
                .thenComparing(device -> !device.isRunning())
                .thenComparing(NetworkDevice::isLoopback)
                .thenComparing(NetworkDevice::index));
        return devices;
    }

    /** As {@code tcpdump -D} prints them. */
    static int listBriefly(Streams streams) throws IOException {
        int number = 0;
        for (NetworkDevice device : devices()) {
            streams.out().println(++number + "." + device.name() + " [" + state(device, ", ") + "]");
        }
        streams.out().println(++number + "." + LiveSettings.ANY + " (all interfaces, as Linux cooked packets)");
        streams.out().confirm();
        return ExitCode.DONE;
    }

    private static String state(NetworkDevice device, String separator) {
        var words = new ArrayList<String>();
        words.add(device.isUp() ? "Up" : "Down");
        if (device.isRunning()) words.add("Running");
        if (device.isLoopback()) words.add("Loopback");
        if (device.isPromiscuous()) words.add("Promiscuous");
        return String.join(separator, words);
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        List<NetworkDevice> devices = devices();
        var lines = new ArrayList<String>();
        for (int i = 0; i < devices.size(); i++)
            lines.add(json ? object(devices.get(i), i + 1) : line(devices.get(i), i + 1));
        if (json) {
            streams.out().println("[" + String.join(",\n ", lines) + "]");
        } else {
            streams.out().println(columns("", "name", "state", "mtu", "stamps", "addresses"));
            lines.forEach(streams.out()::println);
            streams.out()
                    .println(columns(
                            Integer.toString(devices.size() + 1), LiveSettings.ANY, "", "", "host", "all interfaces"));
        }
        streams.out().confirm();
        return ExitCode.DONE;
    }

    private static String columns(String number, String name, String state, String mtu, String stamps, String rest) {
        return String.format("%3s  %-15s  %-22s  %6s  %-12s  %s", number, name, state, mtu, stamps, rest)
                .stripTrailing();
    }

    private static String line(NetworkDevice device, int number) throws IOException {
        return columns(
                Integer.toString(number),
                device.name(),
                state(device, " "),
                Integer.toString(device.mtu()),
                NetworkDevices.stampsInHardware(device.name()) ? "host adapter" : "host",
                String.join(" ", addresses(device)));
    }

    private static String object(NetworkDevice device, int number) throws IOException {
        return "{\"number\":" + number + ",\"name\":" + JsonText.quoted(device.name()) + ",\"index\":" + device.index()
                + ",\"up\":" + device.isUp() + ",\"running\":" + device.isRunning() + ",\"loopback\":"
                + device.isLoopback() + ",\"promiscuous\":" + device.isPromiscuous() + ",\"mtu\":" + device.mtu()
                + ",\"hardware_type\":" + device.hardwareType() + ",\"hardware_timestamps\":"
                + NetworkDevices.stampsInHardware(device.name()) + ",\"addresses\":["
                + addresses(device).stream().map(JsonText::quoted).collect(Collectors.joining(",")) + "]}";
    }

    private static List<String> addresses(NetworkDevice device) throws SocketException {
        var addresses = new ArrayList<String>();
        NetworkInterface known = NetworkInterface.getByName(device.name());
        if (known == null) return addresses;
        byte[] hardware = known.getHardwareAddress();
        if (hardware != null) addresses.add(HexFormat.ofDelimiter(":").formatHex(hardware));
        for (InetAddress address : Collections.list(known.getInetAddresses())) addresses.add(text(address));
        return addresses;
    }

    /** IPv6 compressed, without the zone that names this very interface. */
    private static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        var bytes = ByteBuffer.wrap(address.getAddress());
        byte[] text = new byte[LONGEST_ADDRESS];
        int length = AddressText.ipv6(text, 0, bytes.getLong(), bytes.getLong());
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }
}
