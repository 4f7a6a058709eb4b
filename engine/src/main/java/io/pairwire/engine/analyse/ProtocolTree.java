package io.pairwire.engine.analyse;

import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Counts packets by the path of their headers. Paths beyond {@value #NODES} nodes are counted where they leave the tree. */
final class ProtocolTree {
    private static final int NODES = 4_096;
    private static final int KINDS = Layer.values().length;
    private static final Layer[] LAYERS = Layer.values();

    private int[] children =
            new int[64 * KINDS]; // of node n from n * KINDS on; 0 for none, as nobody's child is the root
    private long[] packets = new long[64];
    private long[] bytes = new long[64];
    private long[] ending = new long[64];
    private int nodes = 1;

    void add(Layers layers, long length) {
        int node = 0;
        int depth = layers.depth();
        for (int i = 0; i < depth; i++) {
            int place = node * KINDS + layers.kind(i).ordinal();
            int child = children[place];
            if (child == 0) {
                if (nodes == NODES) break;
                child = grow();
                children[place] = child;
            }
            node = child;
            packets[node]++;
            bytes[node] += length;
        }
        ending[node]++;
    }

    private int grow() {
        if (nodes == packets.length) {
            int length = nodes * 2;
            children = Arrays.copyOf(children, length * KINDS);
            packets = Arrays.copyOf(packets, length);
            bytes = Arrays.copyOf(bytes, length);
            ending = Arrays.copyOf(ending, length);
        }
        return nodes++;
    }

    /** The outermost protocols, most packets first. */
    List<ProtocolNode> roots() {
        return children(0);
    }

    private List<ProtocolNode> children(int node) {
        var found = new ArrayList<ProtocolNode>();
        for (int kind = 0; kind < KINDS; kind++) {
            int child = children[node * KINDS + kind];
            if (child == 0) continue;
            found.add(new ProtocolNode(LAYERS[kind], packets[child], bytes[child], ending[child], children(child)));
        }
        found.sort(Comparator.comparingLong(ProtocolNode::packets).reversed().thenComparing(ProtocolNode::layer));
        return found;
    }
}
