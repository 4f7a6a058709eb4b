package io.pairwire.cli;

import io.pairwire.live.Backend;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import io.pairwire.platform.Affinity;
import io.pairwire.platform.Capability;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.Rights;
import io.pairwire.platform.numa.PageSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a machine allows that matters to a program that captures. Reads and tries; changes nothing. */
final class Examination {
    /**
     * One thing that was looked at.
     *
     * @param name what
     * @param ok whether it is as good as it can be
     * @param found what is there
     * @param cure what to do about it; empty if there is nothing to be done
     */
    record Finding(String name, boolean ok, String found, String cure) {}

    private static final int LATEST_NEEDED = 25;
    private static final long WANTED_MEMLOCK = 64L << 20;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LOCKED = "Max locked memory";

    private Examination() {}

    static List<Finding> all() throws IOException {
        var findings = new ArrayList<Finding>();
        findings.add(jdk());
        findings.add(system());
        if (!System.getProperty("os.name").startsWith("Linux")) {
            findings.add(tried("capture", Backend.AUTO, "lo0"));
            findings.add(tried("libpcap", Backend.LIBPCAP, "lo0"));
            return findings;
        }
        Set<Capability> held = Rights.effective();
        findings.add(right(held, Capability.CAP_NET_RAW, "capture from packet sockets"));
        findings.add(right(held, Capability.CAP_NET_ADMIN, "AF_XDP, and stamps of the card"));
        findings.add(right(held, Capability.CAP_BPF, "AF_XDP"));
        findings.add(right(held, Capability.CAP_IPC_LOCK, "large memory shared with the kernel for AF_XDP"));
        findings.add(tried("packet socket ring", Backend.AF_PACKET, "lo"));
        findings.add(tried("libpcap", Backend.LIBPCAP, "lo"));
        findings.add(memlock(held));
        MachineMemory memory = MachineMemory.here();
        findings.add(hugePages(memory));
        findings.add(transparentHugePages(memory));
        findings.add(nodes(memory));
        findings.add(new Finding("processors", true, "this process may use " + Affinity.get(), ""));
        for (NetworkDevice device : NetworkDevices.all()) findings.add(stamps(device));
        return findings;
    }

    private static Finding jdk() {
        int version = Runtime.version().feature();
        String found = System.getProperty("java.vendor") + " " + Runtime.version();
        boolean access = Examination.class.getModule().isNativeAccessEnabled();
        String cure = version < LATEST_NEEDED ? "install a JDK 25 or later" : "";
        if (!access) cure = "start Java with --enable-native-access=ALL-UNNAMED";
        return new Finding("JDK", cure.isEmpty(), found, cure);
    }

    private static Finding system() {
        String found = System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
        boolean known = found.startsWith("Linux");
        return new Finding(
                "system", known, found, known ? "" : "capture here is complete but has not been run on such a machine");
    }

    private static Finding right(Set<Capability> held, Capability capability, String use) {
        boolean has = held.contains(capability);
        String java = System.getProperty("java.home");
        String cure = "sudo setcap " + capability.text() + "+ep " + java + "/bin/java && echo " + java
                + "/lib | sudo tee /etc/ld.so.conf.d/java.conf && sudo ldconfig; or run as root";
        return new Finding(capability.name(), has, (has ? "held: " : "not held: ") + use, has ? "" : cure);
    }

    private static Finding tried(String name, Backend backend, String device) {
        var settings = LiveSettings.of(device)
                .withBackend(backend)
                .withPromiscuous(false)
                .withRingBytes(LiveSettings.SMALLEST_RING);
        try (var source = LiveSource.open(settings)) {
            return new Finding(name, true, source.description(), "");
        } catch (IOException e) {
            return new Finding(name, false, "cannot be used", String.valueOf(e.getMessage()));
        }
    }

    private static Finding memlock(Set<Capability> held) throws IOException {
        String limit = Files.readAllLines(LIMITS).stream()
                .filter(line -> line.startsWith(LOCKED))
                .map(line -> line.substring(LOCKED.length()).strip().split("\\s+")[0])
                .findFirst()
                .orElse("unknown");
        boolean enough = !limit.matches("\\d+") || Long.parseLong(limit) >= WANTED_MEMLOCK;
        enough |= held.contains(Capability.CAP_IPC_LOCK);
        return new Finding(
                "locked memory",
                enough,
                limit.matches("\\d+") ? (Long.parseLong(limit) >> 10) + " KiB" : limit,
                enough ? "" : "for AF_XDP: ulimit -l unlimited, or LimitMEMLOCK=infinity of systemd");
    }

    private static Finding hugePages(MachineMemory memory) {
        boolean some = memory.hugePages().total() > 0;
        return new Finding("huge pages", some, memory.reserves(), some ? "" : "sudo sysctl vm.nr_hugepages=128");
    }

    private static Finding transparentHugePages(MachineMemory memory) {
        boolean usable = memory.pages().hasTransparent();
        return new Finding(
                "transparent huge pages",
                usable,
                memory.transparent(),
                usable || memory.pages().transparent().isEmpty()
                        ? ""
                        : "echo madvise | sudo tee " + PageSupport.TRANSPARENT);
    }

    private static Finding nodes(MachineMemory memory) {
        return new Finding("NUMA nodes", true, String.join(" | ", memory.nodes()), "");
    }

    private static Finding stamps(NetworkDevice device) throws IOException {
        boolean adapter = NetworkDevices.stampsInHardware(device.name());
        return new Finding("stamps of " + device.name(), true, adapter ? "host, adapter" : "host", "");
    }
}
