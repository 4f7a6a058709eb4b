package io.pairwire.benchmarks;

import io.pkts.packet.IPPacket;
import io.pkts.packet.TransportPacket;
import io.pkts.protocol.Protocol;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/**
 * The same as {@link WarmPasses} {@code flow}, down to addresses and ports, with other libraries of the JVM: pkts-core and
 * pcap4j (which wants libpcap). Both make objects of every packet. What a library cannot parse it passes over. Prints
 * packets a second, the median of the passes after one that does not count.
 */
public final class PeerPasses {
    private PeerPasses() {}

    private interface Pass {
        /** Reads so many packets at most and answers how many there were. */
        long run(Path file, long most) throws IOException, PcapNativeException, NotOpenException;
    }

    @SuppressWarnings("unused") // keeps the fields from being optimised away
    private static long seen;

    /** Arguments: pkts or pcap4j; the file; packets of a pass at most; passes that count. */
    public static void main(String[] args) throws IOException, PcapNativeException, NotOpenException {
        Pass pass = switch (args[0]) {
            case "pkts" -> PeerPasses::pkts;
            case "pcap4j" -> PeerPasses::pcap4j;
            default -> throw new IllegalArgumentException("unknown peer '" + args[0] + "': pkts or pcap4j");
        };
        Path file = Path.of(args[1]);
        long most = Long.parseLong(args[2]);
        double[] rates = new double[Integer.parseInt(args[3])];
        for (int i = -1; i < rates.length; i++) {
            long before = System.nanoTime();
            long packets = pass.run(file, most);
            if (i >= 0) rates[i] = packets * 1e9 / (System.nanoTime() - before);
        }
        Arrays.sort(rates);
        System.out.printf("%.0f%n", rates[rates.length / 2]);
    }

    private static long pkts(Path file, long most) throws IOException {
        long[] packets = {0};
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            io.pkts.Pcap.openStream(in).loop(packet -> {
                Protocol transport = packet.hasProtocol(Protocol.UDP)
                        ? Protocol.UDP
                        : packet.hasProtocol(Protocol.TCP) ? Protocol.TCP : null;
                if (transport != null && packet.getPacket(transport) instanceof TransportPacket found) {
                    IPPacket ip = found.getParentPacket();
                    seen += Arrays.hashCode(ip.getRawSourceIP()) ^ Arrays.hashCode(ip.getRawDestinationIP());
                    seen += found.getSourcePort() ^ found.getDestinationPort();
                }
                return ++packets[0] < most;
            });
        }
        return packets[0];
    }

    private static long pcap4j(Path file, long most) throws PcapNativeException, NotOpenException {
        long packets = 0;
        try (var handle = Pcaps.openOffline(file.toString())) {
            for (; packets < most; packets++) {
                org.pcap4j.packet.Packet packet = handle.getNextPacket();
                if (packet == null) break;
                var ip = packet.get(IpPacket.class);
                if (ip == null) continue;
                seen += ip.getHeader().getSrcAddr().hashCode()
                        ^ ip.getHeader().getDstAddr().hashCode();
                var tcp = packet.get(TcpPacket.class);
                var udp = packet.get(UdpPacket.class);
                if (tcp != null)
                    seen += tcp.getHeader().getSrcPort().valueAsInt()
                            ^ tcp.getHeader().getDstPort().valueAsInt();
                else if (udp != null)
                    seen += udp.getHeader().getSrcPort().valueAsInt()
                            ^ udp.getHeader().getDstPort().valueAsInt();
            }
        }
        return packets;
    }
}
