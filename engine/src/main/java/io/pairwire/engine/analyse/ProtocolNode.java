package io.pairwire.engine.analyse;

import io.pairwire.decode.Layer;
import java.util.List;

/**
 * A protocol in the hierarchy: headers of that kind under headers of another.
 *
 * @param packets packets with such a path
 * @param bytes bytes of these on the wire, whole frames
 * @param ending packets whose path ends here
 * @param children what came inside, most packets first
 */
public record ProtocolNode(Layer layer, long packets, long bytes, long ending, List<ProtocolNode> children) {
    public ProtocolNode {
        children = List.copyOf(children);
    }
}
