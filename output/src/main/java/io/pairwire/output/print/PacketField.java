package io.pairwire.output.print;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.Ieee802154;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Fragment;
import io.pairwire.decode.wire.LinuxCooked;
import io.pairwire.decode.wire.LinuxCooked2;
import io.pairwire.decode.wire.Lowpan;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Udp;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.decode.wire.Vlan;
import io.pairwire.output.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A column of {@code read --fields}: the outermost occurrence in a packet, nothing where there is none. Numbers are
 * decimal, lengths and offsets bytes.
 *
 * <p>A field that was captured is printed even if the header it belongs to is cut behind it.
 */
public enum PacketField {
    /** The name of the input as the user wrote it or as it was found in a folder; tabs and line feeds as \t and \n. */
    FILE((row, line) -> line.text(row.fileName())),
    /** Number of the packet in its file, from 1. */
    NUMBER((row, line) -> line.decimal(row.packet().number())),
    /**
     * Nanoseconds since 1970-01-01T00:00:00Z, as many digits as it takes; nothing if the capture does not tell. A
     * {@code long} may not hold it.
     */
    TIME_NS((row, line) -> {
        Packet packet = row.packet();
        if (packet.isTimeBeyond()) line.text(packet.exactNanos().toString());
        else if (packet.hasTime()) line.decimal(packet.epochNanos());
    }),
    CAPTURED_LENGTH((row, line) -> line.decimal(row.packet().capturedLength())),
    ORIGINAL_LENGTH((row, line) -> line.decimal(row.packet().originalLength())),
    /** A {@link LinkType} number. */
    LINK_TYPE((row, line) -> line.decimal(row.packet().linkType())),
    /** The path of {@link Layer} names in lower case, separated by colons. */
    LAYERS(PacketField::layers),
    /** The type in the link header itself, that of a VLAN tag if one follows; nothing in a frame with a length instead. */
    ETH_TYPE(PacketField::ethType),
    /** Of the customer's tag, 802.1Q; that of a provider's tag, 802.1ad, only where there is no other. */
    VLAN_ID((row, line) -> {
        int at = vlan(row);
        if (at >= 0) line.decimal(Vlan.identifier(row.packet(), at));
    }),
    IP_SRC((row, line) -> {
        Layers layers = row.layers();
        int ipv4 = ipv4(row);
        if (ipv4 >= 0) line.ipv4(Ipv4.source(row.packet(), ipv4));
        else if (layers.ipVersion() == 6) line.ipv6(layers.sourceHigh(), layers.sourceLow());
        else lowpanSource(row, line);
    }),
    IP_DST((row, line) -> {
        Layers layers = row.layers();
        int ipv4 = ipv4(row);
        if (ipv4 >= 0) line.ipv4(Ipv4.destination(row.packet(), ipv4));
        else if (layers.ipVersion() == 6) line.ipv6(layers.destinationHigh(), layers.destinationLow());
        else lowpanDestination(row, line);
    }),
    /** IPv4: the protocol in the header. IPv6: what follows the extension headers. */
    IP_PROTOCOL((row, line) -> {
        Layers layers = row.layers();
        int ipv4 = ipv4(row);
        if (ipv4 >= 0) line.decimal(Ipv4.protocol(row.packet(), ipv4));
        else if (layers.ipVersion() == 6) line.decimal(layers.ipProtocol());
    }),
    /** IPv6: that of the fragment header. */
    IP_ID((row, line) -> {
        Layers layers = row.layers();
        int ipv4 = ipv4(row);
        if (ipv4 >= 0) {
            line.decimal(Ipv4.identification(row.packet(), ipv4));
        } else if (layers.ipVersion() == 6) {
            int at = at(layers, Layer.IPV6_FRAGMENT);
            if (at >= 0) line.decimal(Integer.toUnsignedLong(Ipv6Fragment.identification(row.packet(), at)));
        }
    }),
    /** In units of eight bytes, as it stands in the header. */
    IP_FRAGMENT_OFFSET((row, line) -> {
        int ipv4 = ipv4(row);
        if (ipv4 >= 0) line.decimal(Ipv4.fragmentOffset(row.packet(), ipv4) >>> 3);
        else if (row.layers().isIp()) line.decimal(row.layers().fragmentOffset() >>> 3);
    }),
    /** IPv6: the hop limit. */
    IP_TTL((row, line) -> {
        Layers layers = row.layers();
        int ipv4 = ipv4(row);
        if (ipv4 >= 0) line.decimal(Ipv4.ttl(row.packet(), ipv4));
        else if (layers.ipVersion() == 6) line.decimal(Ipv6.hopLimit(row.packet(), layers.networkAt()));
    }),
    SRC_PORT((row, line) -> {
        if (row.layers().transportAt() >= 0) line.decimal(row.layers().sourcePort());
    }),
    DST_PORT((row, line) -> {
        if (row.layers().transportAt() >= 0) line.decimal(row.layers().destinationPort());
    }),
    TCP_SEQ((row, line) -> {
        int at = tcp(row, 8);
        if (at >= 0) line.decimal(Tcp.sequence(row.packet(), at));
    }),
    TCP_ACK((row, line) -> {
        int at = tcp(row, 12);
        if (at >= 0) line.decimal(Tcp.acknowledgment(row.packet(), at));
    }),
    /** All twelve bits beside the data offset. */
    TCP_FLAGS((row, line) -> {
        int at = tcp(row, 14);
        if (at >= 0) line.decimal(Tcp.flags(row.packet(), at));
    }),
    /** As sent, before any scaling. */
    TCP_WINDOW((row, line) -> {
        int at = tcp(row, 16);
        if (at >= 0) line.decimal(Tcp.window(row.packet(), at));
    }),
    /** Bytes of payload that were sent, whether captured or not. */
    TCP_LENGTH(PacketField::tcpLength),
    /** The length in the UDP header: header and data. */
    UDP_LENGTH((row, line) -> {
        int at = transport(row, IpProtocol.UDP, 6);
        if (at >= 0) line.decimal(Udp.datagramLength(row.packet(), at));
    });

    /** One packet while it is printed. */
    interface Row {
        Packet packet();

        Layers layers();

        /** Where the look at the packet ended: the same, unless there were too many headers. */
        Layers last();

        byte[] fileName();
    }

    /** Appends the field to the line. */
    @FunctionalInterface
    interface Writer {
        void write(Row row, Line line);
    }

    private static final int DISTANCE = 3;

    private static final byte[][] LAYER_NAMES = Arrays.stream(Layer.values())
            .map(layer -> Bytes.of(layer.name().toLowerCase(Locale.ROOT)))
            .toArray(byte[][]::new);

    private final Writer writer;

    PacketField(Writer writer) {
        this.writer = writer;
    }

    Writer writer() {
        return writer;
    }

    /** As it is written after {@code --fields} and in the heading. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The fields of a list separated by commas; one may be there several times.
     *
     * @throws IllegalArgumentException if there is no field of that name; the message tells all names
     */
    public static List<PacketField> parse(String list) {
        var fields = new ArrayList<PacketField>();
        for (String name : list.split(",", -1)) fields.add(named(name.strip()));
        return List.copyOf(fields);
    }

    private static PacketField named(String name) {
        for (PacketField field : values()) {
            if (field.label().equals(name)) return field;
        }
        String all = Arrays.stream(values()).map(PacketField::label).collect(Collectors.joining(" "));
        throw new IllegalArgumentException(
                "there is no field '" + name + "'" + suggestion(name) + "; fields are " + all);
    }

    private static String suggestion(String name) {
        String closest = "";
        int least = DISTANCE + 1;
        for (PacketField field : values()) {
            int distance = distance(name.toLowerCase(Locale.ROOT), field.label());
            if (distance < least) {
                least = distance;
                closest = field.label();
            }
        }
        return closest.isEmpty() ? "" : ", did you mean " + closest + "?";
    }

    /** Letters to insert, remove or replace to get from one word to the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= Math.min(from.length(), 64); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static void layers(Row row, Line line) {
        Layers layers = row.layers();
        for (int i = 0; i < layers.depth(); i++) {
            if (i > 0) line.text(':');
            line.text(LAYER_NAMES[layers.kind(i).ordinal()]);
        }
    }

    private static void ethType(Row row, Line line) {
        Layers layers = row.layers();
        for (int i = 0; i < layers.depth(); i++) {
            int at = layers.at(i);
            int type = switch (layers.kind(i)) {
                case ETHERNET -> Ethernet.type(row.packet(), at);
                case LINUX_COOKED -> LinuxCooked.protocol(row.packet(), at);
                case LINUX_COOKED_2 -> LinuxCooked2.protocol(row.packet(), at);
                default -> -1;
            };
            if (type >= EtherType.SMALLEST) line.decimal(type);
            if (type >= 0) return; // the outermost, even if it has none
        }
    }

    /**
     * Where the outermost IP header begins if it is IPv4, or -1. One that is cut in its options, or whose length is too
     * small, is no header to the decoder, but its fields were captured.
     */
    private static int ipv4(Row row) {
        Layers layers = row.layers();
        if (layers.isIp()) return layers.ipVersion() == 4 ? layers.networkAt() : -1;
        int at = row.last().failedAt();
        if (at < 0 || row.last().failedKind() != Layer.IPV4) return -1;
        Packet packet = row.packet();
        boolean there = packet.capturedLength() - at >= Ipv4.LENGTH
                && Ipv4.version(packet, at) == 4
                && Ipv4.headerLength(packet, at) >= Ipv4.LENGTH;
        return there ? at : -1;
    }

    private static void lowpanSource(Row row, Line line) {
        int at = lowpan(row);
        if (at < 0) return;
        int frameAt = row.layers().at(0);
        Packet packet = row.packet();
        if (Lowpan.tellsSource(packet, at, frameAt))
            line.ipv6(Lowpan.sourceHigh(packet, at), Lowpan.sourceLow(packet, at, frameAt));
    }

    private static void lowpanDestination(Row row, Line line) {
        int at = lowpan(row);
        if (at < 0) return;
        int frameAt = row.layers().at(0);
        Packet packet = row.packet();
        if (Lowpan.tellsDestination(packet, at, frameAt))
            line.ipv6(Lowpan.destinationHigh(packet, at), Lowpan.destinationLow(packet, at, frameAt));
    }

    /** Where a compressed IPv6 header begins that a frame of IEEE 802.15.4 carries, or -1. */
    private static int lowpan(Row row) {
        Layers layers = row.layers();
        if (layers.depth() != 2 || layers.kind(0) != Layer.IEEE_802_15_4) return -1;
        Packet packet = row.packet();
        int frameAt = layers.at(0);
        if (Ieee802154.type(packet, frameAt) != Ieee802154.DATA || Ieee802154.isSecured(packet, frameAt)) return -1;
        int behind = layers.at(1);
        int at = Lowpan.headerAt(packet, behind, packet.capturedLength() - behind);
        return Lowpan.check(packet, at, packet.capturedLength() - at) == Verdict.OK ? at : -1;
    }

    /** Where the outermost tag begins that no provider has added, or else the outermost of all; -1 without tag. */
    private static int vlan(Row row) {
        Layers layers = row.layers();
        int outermost = -1;
        for (int i = 1; i < layers.depth(); i++) {
            if (layers.kind(i) != Layer.VLAN) continue;
            int at = layers.at(i);
            if (announcing(row.packet(), layers, i) != EtherType.SERVICE_VLAN) return at;
            if (outermost < 0) outermost = at;
        }
        return outermost;
    }

    /** The type that the header before the layer at {@code index} gives it; it stands at the end of most. */
    private static int announcing(Packet packet, Layers layers, int index) {
        return layers.kind(index - 1) == Layer.LINUX_COOKED_2
                ? LinuxCooked2.protocol(packet, layers.at(index - 1))
                : packet.u16(layers.at(index) - 2);
    }

    /** Where the outermost layer of that kind begins, or -1. */
    private static int at(Layers layers, Layer kind) {
        int index = layers.first(kind);
        return index < 0 ? -1 : layers.at(index);
    }

    /** The decoder knows it unless options were cut; then it follows from the lengths in the headers. */
    private static void tcpLength(Row row, Line line) {
        Layers layers = row.layers();
        if (layers.transport() == IpProtocol.TCP) {
            line.decimal(layers.payloadLength());
            return;
        }
        int at = tcp(row, 13);
        if (at < 0) return;
        int network = layers.networkAt();
        int end = layers.ipVersion() == 4
                ? network + Ipv4.totalLength(row.packet(), network)
                : network + Ipv6.LENGTH + Ipv6.payloadLength(row.packet(), network);
        int length = end - at - Tcp.headerLength(row.packet(), at);
        if (length >= 0) line.decimal(length);
    }

    private static int tcp(Row row, int captured) {
        return transport(row, IpProtocol.TCP, captured);
    }

    /** Where the transport header begins if it is of that protocol and has that many captured bytes, or -1. */
    private static int transport(Row row, int protocol, int captured) {
        Layers layers = row.layers();
        int at = layers.transportAt();
        boolean there =
                at >= 0 && layers.ipProtocol() == protocol && row.packet().capturedLength() - at >= captured;
        return there ? at : -1;
    }
}
