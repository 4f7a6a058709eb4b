package io.pairwire.testkit;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import io.pairwire.testkit.PairOracle.Endpoint;
import io.pairwire.testkit.PairOracle.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Small captures in which much collides: few addresses, ports, payloads and sequence numbers; answers, copies, packets
 * read later than their time says, equal times; UDP and TCP, IPv4 and IPv6, ends inside and outside 192.168.0.0/16, and
 * packets from an endpoint to itself. Each comes as a capture and as the list the {@link PairOracle} judges.
 *
 * <p>The same seed gives the same capture.
 */
public final class RandomCaptures {
    private static final HexFormat HEX = HexFormat.of();
    private static final String[] IPV4 = {"10.0.0.1", "10.0.0.2", "192.168.0.1", "192.168.255.254"};
    /** The last two differ from IPv4 addresses above in their version only. */
    private static final String[] IPV6 = {"2001:db8::1", "fd00::1", "::a00:1", "::c0a8:1"};

    private static final int MOST_PACKETS = 80;
    private static final byte[][] PAYLOADS = payloads();

    private final Random random;
    private final long expiryNanos;
    private final long mostLateNanos;
    private final List<Packet> packets = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PcapWriter writer;
    private long now = CorrectnessFile.START;
    private long read;

    /**
     * A capture and what is in it.
     *
     * @param pcap Ethernet, nanoseconds, either byte order
     * @param packets those a pairing can use, and retransmissions, in the order of reading
     * @param read all packets; those not in the list are ARP, empty or fragments
     * @param expiryNanos an expiry that matters in this capture
     */
    public record Capture(byte[] pcap, List<Packet> packets, long read, long expiryNanos) {}

    private RandomCaptures(long seed, double mostLate) {
        random = new Random(seed);
        expiryNanos = random.nextLong(1, 1_000_000);
        mostLateNanos = (long) (mostLate * expiryNanos);
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        writer = new PcapWriter(
                Channels.newChannel(bytes), new PcapFormat(order, true, LinkType.ETHERNET, PcapFormat.SNAPLEN));
    }

    /** The capture of a seed, with packets up to three expiries late. */
    public static Capture of(long seed) {
        return of(seed, 3);
    }

    /**
     * The capture of a seed.
     *
     * @param mostLate how far behind the latest packet a time may be, in expiries; 0 for a capture in the order of time
     */
    public static Capture of(long seed, double mostLate) {
        return new RandomCaptures(seed, mostLate).capture();
    }

    private Capture capture() {
        try (writer) {
            int count = random.nextInt(MOST_PACKETS + 1);
            for (int i = 0; i < count; i++) {
                if (random.nextInt(10) == 0) addNoise();
                else add();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return new Capture(bytes.toByteArray(), List.copyOf(packets), read, expiryNanos);
    }

    /** Half of the packets answer one before, some repeat one, the others are new. */
    private void add() throws IOException {
        int choice = packets.isEmpty() ? 9 : random.nextInt(10);
        if (choice < 5) {
            Packet asked = packets.get(random.nextInt(packets.size()));
            add(protocol(), asked.destination(), asked.source(), asked.payload(), sequence());
        } else if (choice < 7) {
            Packet first = packets.get(random.nextInt(packets.size()));
            add(first.protocol(), first.source(), first.destination(), first.payload(), first.tcpSequence());
        } else {
            String[] addresses = random.nextInt(4) == 0 ? IPV6 : IPV4;
            byte[] payload = PAYLOADS[random.nextInt(PAYLOADS.length)];
            add(protocol(), endpoint(addresses), endpoint(addresses), HEX.formatHex(payload), sequence());
        }
    }

    private void add(int protocol, Endpoint source, Endpoint destination, String payload, long sequence)
            throws IOException {
        boolean tcp = protocol == PairOracle.TCP;
        long time = time();
        Frame frame = tcp
                ? Frame.tcp(source.address(), source.port(), destination.address(), destination.port())
                        .sequence(sequence)
                : Frame.udp(source.address(), source.port(), destination.address(), destination.port());
        frame.payload(HEX.parseHex(payload)).padTo(60, random);
        write(time, frame);
        packets.add(new Packet(read, time, protocol, source, destination, payload, tcp ? sequence : 0));
    }

    private void addNoise() throws IOException {
        Frame frame = switch (random.nextInt(3)) {
            case 0 -> Frame.arp(IPV4[0], IPV4[2]);
            case 1 -> Frame.tcp(IPV4[0], 1, IPV4[2], 2);
            default -> Frame.udp(IPV4[0], 1, IPV4[2], 2).payload(PAYLOADS[0]).fragment(1, 0, true);
        };
        // never later than the latest packet that counts: whether time goes on with other packets is not the question
        write(now, frame.padTo(60, random));
    }

    private void write(long time, Frame frame) throws IOException {
        writer.write(time, frame.toEthernet());
        read++;
    }

    /** Mostly a little later than before, often the same, sometimes around an expiry later, sometimes earlier. */
    private long time() {
        int choice = random.nextInt(10);
        if (choice < 6) now += random.nextLong(expiryNanos / 4 + 1);
        else if (choice == 6) now += expiryNanos + random.nextLong(-1, 2);
        else if (choice == 7 && mostLateNanos > 0) return now - random.nextLong(mostLateNanos + 1);
        return now;
    }

    private int protocol() {
        return random.nextBoolean() ? PairOracle.TCP : PairOracle.UDP;
    }

    private long sequence() {
        return random.nextInt(3) == 0 ? 0xffff_ffffL : random.nextInt(2);
    }

    private Endpoint endpoint(String[] addresses) {
        String address = addresses[random.nextInt(addresses.length)];
        return new Endpoint(address, 1 + random.nextInt(2), address.startsWith("192.168."));
    }

    private static byte[][] payloads() {
        var payloads = new byte[][] {{1}, {2}, {1, 0}, new byte[70], new byte[71], new byte[70]};
        payloads[5][69] = 1; // differs from the fourth in its last byte only
        return payloads;
    }
}
