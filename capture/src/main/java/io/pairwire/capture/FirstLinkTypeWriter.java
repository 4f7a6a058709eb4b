package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
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

    @Override
    public Optional<PcapFormat> records() {
        return writer == null ? Optional.empty() : writer.records();
    }

    @Override
    public void writeRecords(MemorySegment memory, long start, long length, long packets) throws IOException {
        if (writer == null) throw new IllegalStateException("no packet has said what link type they have");
        writer.writeRecords(memory, start, length, packets);
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
