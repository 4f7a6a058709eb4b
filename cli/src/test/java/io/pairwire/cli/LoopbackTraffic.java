package io.pairwire.cli;

import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.NetworkNamespace;
import io.pairwire.platform.PacketSender;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** Packets on the loopback of a network namespace of its own, where nobody else sends. */
final class LoopbackTraffic {
    private LoopbackTraffic() {}

    /** Runs a test while somebody sends UDP datagrams from 10.0.0.1 and answers from 10.0.0.2, again and again. */
    static void during(Callable<?> test) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "needs Linux");
        var task = new FutureTask<Object>(() -> {
            try {
                NetworkNamespace.enterNew();
            } catch (SystemCallException e) {
                Assumptions.abort("needs CAP_SYS_ADMIN for a network namespace: " + e.getMessage());
            }
            var up = new ProcessBuilder("ip", "link", "set", "lo", "up").start();
            Assumptions.assumeTrue(up.waitFor() == 0, "needs the program ip");
            var sending = Thread.ofPlatform().daemon().unstarted(LoopbackTraffic::send);
            sending.start();
            try {
                return test.call();
            } finally {
                sending.interrupt();
                sending.join();
            }
        });
        Thread.ofPlatform().start(task);
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) throw failure;
            throw (Error) e.getCause();
        }
    }

    private static void send() {
        try {
            int index = NetworkDevices.named("lo").orElseThrow().index();
            try (var sender = new PacketSender(index, 200, false)) {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    add(sender, 1, 2, i);
                    add(sender, 2, 1, i);
                    sender.flush();
                    LockSupport.parkNanos(300_000);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A datagram of 16 bytes; the answer to it has the same payload and swapped addresses and ports. */
    private static void add(PacketSender sender, int from, int to, int number) throws IOException {
        int client = 1024 + number % 60_000;
        byte[] frame = new byte[58];
        put(frame, 12, 0x0800, 0x4500, 44, 0, 0, 0x4011, 0, 0x0a00, from, 0x0a00, to);
        put(frame, 34, from == 1 ? client : 53, from == 1 ? 53 : client, 24, 0, number >>> 16, number);
        MemorySegment.copy(MemorySegment.ofArray(frame), 0, sender.next(), 0, frame.length);
        sender.add(frame.length);
    }

    private static void put(byte[] frame, int at, int... words) {
        for (int i = 0; i < words.length; i++) {
            frame[at + 2 * i] = (byte) (words[i] >> 8);
            frame[at + 2 * i + 1] = (byte) words[i];
        }
    }
}
