package io.pairwire.benchmarks;

import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;

/**
 * Counts the packets of an interface with pcap4j until SIGTERM or SIGINT, and then says {@code received N dropped N}. For {@code live.sh}.
 *
 * <p>{@code Pcap4jReceiver INTERFACE BUFFER_MIB}
 */
final class Pcap4jReceiver {
    private static final int SNAPLEN = 262_144;
    private static final int TIMEOUT_MILLIS = 10;

    private Pcap4jReceiver() {}

    public static void main(String[] args) throws Exception {
        long[] received = new long[1];
        Thread main = Thread.currentThread();
        PcapHandle handle = new PcapHandle.Builder(args[0])
                .snaplen(SNAPLEN)
                .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                .timeoutMillis(TIMEOUT_MILLIS)
                .bufferSize(Integer.parseInt(args[1]) << 20)
                .build();
        System.err.println("ready");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                handle.breakLoop();
                main.join();
            } catch (InterruptedException | NotOpenException e) {
                Thread.currentThread().interrupt(); // nothing is left to wait for
            }
        }));
        RawPacketListener listener = _ -> received[0]++;
        try {
            handle.loop(-1, listener);
        } catch (InterruptedException broken) {
            // as it was asked for
        }
        var statistics = handle.getStats();
        System.out.println("received " + received[0] + " dropped " + statistics.getNumPacketsDropped());
        System.out.flush();
        handle.close();
    }
}
