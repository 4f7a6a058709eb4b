package io.pairwire.live;

import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.NetworkNamespace;
import io.pairwire.platform.PacketSender;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;

/**
 * Two interfaces that are joined, in a network namespace of their own: what goes out of {@value #SENDER} comes in at
 * {@value #RECEIVER}. The namespace belongs to the thread that runs the test and vanishes with it.
 */
final class VethPair {
    static final String SENDER = "tx0";
    static final String RECEIVER = "rx0";
    static final int LONGEST = 9_014;

    private static final int ETHERTYPE_EXPERIMENT = 0x88b5;
    private static final int NUMBER_AT = 14;

    private VethPair() {}

    /** Runs a test between the two, or skips it and says which right is missing. */
    static void run(Callable<?> test) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "needs Linux");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip")),
                "needs the program ip");
        var task = new FutureTask<Object>(() -> {
            try {
                NetworkNamespace.enterNew();
            } catch (SystemCallException e) {
                Assumptions.abort("needs CAP_SYS_ADMIN for a network namespace: " + e.getMessage());
            }
            ip("link add " + SENDER + " type veth peer name " + RECEIVER);
            for (String name :
                    new String[] {RECEIVER, SENDER}) { // the last one finds its carrier at once, and may send
                ip("link set " + name + " mtu 9000 addrgenmode none"); // nobody but us is to send
                ip("link set " + name + " up");
            }
            ip("link set lo up");
            return test.call();
        });
        Thread.ofPlatform().start(task);
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) throw failure;
            throw (Error) e.getCause();
        }
    }

    /** Waits until the kernel lets the sender send again after its peer was down: it finds the carrier in the background. */
    static void awaitCarrier() throws IOException, InterruptedException {
        for (int looks = 0; looks < 2_000; looks++) {
            if (ip("-o link show " + SENDER).contains("state UP")) return;
        }
        throw new IOException(SENDER + " has no carrier");
    }

    /** Answers what the program said. */
    static String ip(String arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add("ip");
        command.addAll(java.util.List.of(arguments.split(" ")));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        int code = process.waitFor();
        Assumptions.assumeTrue(
                !said.contains("not supported") && !said.contains("Unknown device type"), "no veth here: " + said);
        if (code != 0) throw new IOException(command + ": " + said);
        return said;
    }

    /** Sends frames of that length, with numbers from {@code first}. */
    static void send(int first, int count, int length) throws IOException {
        try (var sender = sender()) {
            for (int i = 0; i < count; i++) add(sender, first + i, length, -1, 0);
            sender.flush();
        }
    }

    static PacketSender sender() throws IOException {
        int index = NetworkDevices.named(SENDER).orElseThrow().index();
        return new PacketSender(index, LONGEST, false);
    }

    /**
     * Gathers a frame that carries a number.
     *
     * @param vlan its VLAN, -1 for none
     * @param flow what makes its addresses differ from those of others
     */
    static void add(PacketSender sender, int number, int length, int vlan, int flow) throws IOException {
        MemorySegment frame = sender.next();
        frame.asSlice(0, length).fill((byte) 0);
        frame.set(ValueLayout.JAVA_BYTE, 0, (byte) 2);
        frame.set(ValueLayout.JAVA_BYTE, 6, (byte) 2);
        frame.set(ValueLayout.JAVA_BYTE, 11, (byte) flow);
        int at = 12;
        if (vlan >= 0) {
            put16(frame, at, 0x8100);
            put16(frame, at + 2, vlan);
            at += 4;
        }
        put16(frame, at, ETHERTYPE_EXPERIMENT);
        put16(frame, at + 2, number >>> 16);
        put16(frame, at + 4, number);
        sender.add(length);
    }

    private static void put16(MemorySegment frame, int at, int value) {
        frame.set(ValueLayout.JAVA_BYTE, at, (byte) (value >> 8));
        frame.set(ValueLayout.JAVA_BYTE, at + 1, (byte) value);
    }

    /** The number that a frame without a VLAN tag carries. */
    static int number(io.pairwire.capture.Packet packet) {
        return packet.u32(NUMBER_AT);
    }
}
