package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.NetworkNamespace;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Two interfaces with several queues, joined back to back: {@code va}, which tests send from, and {@code vb}, in a namespace of their own. */
final class VethQueues {
    private VethQueues() {}

    /** Runs a test on a thread in a new namespace; skips it, with the reason, where that is not allowed. */
    static void with(int queues, int mtu, Callable<Void> test) throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux, so no network namespaces");
        var task = new FutureTask<>(() -> {
            try {
                NetworkNamespace.enterNew();
            } catch (SystemCallException e) {
                abort("a network namespace of its own needs CAP_SYS_ADMIN: " + e.getMessage());
            }
            String q = " numtxqueues " + queues + " numrxqueues " + queues;
            ip("link add name va mtu " + mtu + q + " type veth peer name vb mtu " + mtu + q);
            // No addresses, so nothing but the test's own frames. What goes up last sends at once; the other one not
            // before
            // the kernel has noticed its carrier.
            for (String name : List.of("vb", "va")) ip("link set " + name + " addrgenmode none up");
            return test.call();
        });
        Thread.ofPlatform().name("namespace").start(task);
        try {
            task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw e;
            }
        }
    }

    static int index(String name) throws IOException {
        return NetworkDevices.named(name).map(NetworkDevice::index).orElseThrow();
    }

    static void ip(String arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.strip().split(" +")));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            abort("ip(8) is not installed: " + e.getMessage());
            return;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command + ": " + said);
    }
}
