package io.pairwire.capture.inspect;

import io.pairwire.capture.CaptureFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Hands through what is read, counts it, keeps its beginning, and feeds a digest. */
final class WatchedChannel implements ReadableByteChannel, InterruptibleChannel {
    private final ReadableByteChannel channel;
    private final Optional<MessageDigest> digest;
    private final byte[] head = new byte[CaptureFormat.HEAD];
    private volatile long bytes; // told to a thread that shows progress

    WatchedChannel(ReadableByteChannel channel, Optional<MessageDigest> digest) {
        this.channel = channel;
        this.digest = digest;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int from = to.position();
        int read = channel.read(to);
        if (read <= 0) return read;
        long before = bytes;
        ByteBuffer fresh = to.duplicate().position(from).limit(from + read);
        if (before < head.length) {
            fresh.get(head, (int) before, Math.min(read, head.length - (int) before));
            fresh.position(from);
        }
        digest.ifPresent(sum -> sum.update(fresh));
        bytes = before + read; // only this thread writes
        return read;
    }

    /** Reads what nobody asked for, to the end. */
    void drain() throws IOException {
        var rest = ByteBuffer.allocate(1 << 16);
        while (read(rest) >= 0) rest.clear();
    }

    long bytes() {
        return bytes;
    }

    /** The first bytes, as many as there are. */
    byte[] head() {
        return Arrays.copyOf(head, (int) Math.min(bytes, head.length));
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
