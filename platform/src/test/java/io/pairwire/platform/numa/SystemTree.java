package io.pairwire.platform.numa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/** A tree as {@code /sys} has it, of a machine that is not at hand. */
final class SystemTree {
    private final Path sys;

    SystemTree(Path sys) {
        this.sys = sys;
    }

    /** Nodes with so many processors each, every second one of a node, as interleaved numbering has them. */
    SystemTree nodes(int nodes, int cpusEach) throws IOException {
        write("devices/system/node/online", nodes == 1 ? "0" : "0-" + (nodes - 1));
        for (int node = 0; node < nodes; node++) {
            var cpus = new StringJoiner(",");
            for (int i = 0; i < cpusEach; i++) cpus.add(Integer.toString(node + i * nodes));
            var distances = new StringJoiner(" ");
            for (int other = 0; other < nodes; other++)
                distances.add(other == node ? "10" : "" + (20 + Math.abs(other - node)));
            node(node, cpus.toString(), 1 << 20, distances.toString());
        }
        return this;
    }

    SystemTree node(int number, String cpus, long kib, String distances) throws IOException {
        String folder = "devices/system/node/node" + number + "/";
        write(folder + "cpulist", cpus);
        write(
                folder + "meminfo",
                "Node " + number + " MemTotal:       " + kib + " kB\nNode " + number + " MemFree:   " + kib / 2
                        + " kB\nNode " + number + " Active(anon):     4 kB");
        write(folder + "distance", distances);
        return this;
    }

    SystemTree reserve(String folder, long kib, long total, long free) throws IOException {
        write(folder + "/hugepages-" + kib + "kB/nr_hugepages", "" + total);
        write(folder + "/hugepages-" + kib + "kB/free_hugepages", "" + free);
        return this;
    }

    SystemTree write(String path, String text) throws IOException {
        Path file = sys.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
        return this;
    }
}
