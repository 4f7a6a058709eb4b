package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Writes classic pcap with the link type of the first packet, which the header has to tell before it. */
final class FirstLinkTypeWriter implements CaptureWriter {
    private final WritableByteChannel channel;
    private final WriteOptions options;
    private int described = LinkType.ETHERNET;
    private boolean isDescribed;
    private @Nullable PcapWriter writer;

    FirstLinkTypeWriter(WritableByteChannel channel, WriteOptions options) {
        this.channel = channel;
        this.options = options;
    }

    /** Only the link type is of use, and that only if no packet comes. */
    @Override
    public void describe(int file, CaptureDescription description) {
        if (isDescribed || description.interfaces().isEmpty()) return;
        described = description.interfaces().getFirst().linkType();
        isDescribed = true;
    }

    private PcapWriter writer(int linkType) {
        PcapWriter there = writer;
        if (there == null) {
            var format = new PcapFormat(ByteOrder.LITTLE_ENDIAN, options.nanoseconds(), linkType, options.snaplen());
            there = new PcapWriter(channel, format);
            writer = there;
        }
        return there;
    }

    @Override
    public void write(Packet packet) throws IOException {
        writer(packet.linkType()).write(packet);
    }

    /** Before the first packet there is nothing to hand over. */
    @Override
    public void flush() throws IOException {
        if (writer != null) writer.flush();
    }

    @Override
    public long packets() {
        return writer == null ? 0 : writer.packets();
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) writer(described).close();
    }
}
