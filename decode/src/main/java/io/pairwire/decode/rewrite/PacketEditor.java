package io.pairwire.decode.rewrite;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Ethernet;

/**
 * Exchanges addresses in packets, for traffic that is to be sent somewhere else than where it was captured. Addresses are found
 * where {@link Anonymizer} finds them; checksums that were right are right again. What is not understood stays as it is.
 *
 * <p>Any bytes may come; nothing is thrown. Allocates only for a packet longer than all before. Not thread-safe.
 */
public final class PacketEditor {
    private static final int SOURCE_MAC = 6;

    private final EditorSettings settings;
    private final Edit edit;

    public PacketEditor(EditorSettings settings) {
        this.settings = settings;
        edit = new Edit(new EditorRules(settings));
    }

    /**
     * The packet with other addresses: same length, time, link type, interface and number.
     *
     * @return a view on memory of this editor, valid until the next call
     */
    public Packet rewrite(Packet packet) {
        edit.begin(packet);
        LinkRewriter.packet(edit, packet.linkType());
        if (packet.linkType() == LinkType.ETHERNET && edit.captured() >= Ethernet.LENGTH) {
            if (settings.destinationMac().isPresent())
                edit.putMac(0, settings.destinationMac().getAsLong());
            if (settings.sourceMac().isPresent())
                edit.putMac(SOURCE_MAC, settings.sourceMac().getAsLong());
        }
        return edit.end();
    }

    /** Packets so far that have a header which is malformed, cut or nested too deep, and from there on stayed as they were. */
    public long notUnderstood() {
        return edit.statistics().cleared() + edit.statistics().unsupported();
    }
}
