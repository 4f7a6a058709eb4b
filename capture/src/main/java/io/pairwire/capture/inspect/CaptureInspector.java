package io.pairwire.capture.inspect;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.DamageKind;
import io.pairwire.capture.DamageListener;
import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapReader;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.SourceStatistics;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads one capture and tells what it is. Memory does not grow with the capture. One inspector for one capture; one thread
 * inspects, any may ask for {@link #progress}.
 */
public final class CaptureInspector {
    /** Interfaces whose packets are counted apart. */
    public static final int INTERFACES = 4_096;

    static final int LINK_TYPES = 1 << 16;

    /** Packets between two looks of whoever shows progress. */
    private static final int PUBLISH = 1 << 10;

    private final String name;
    private final WatchedChannel channel;
    private final Optional<MessageDigest> digest;
    private final long length;
    private final Counting counting = new Counting();
    private final List<SourceStatistics.Damage> damages = new ArrayList<>();
    private long damageCount;
    private Optional<CaptureDescription> description = Optional.empty();
    private volatile long packets;

    /**
     * @param name of the capture, for messages
     * @param channel in blocking mode, at its beginning; closed by {@link #inspect}
     * @param length bytes in it, for {@link #progress}; 0 if that is not known
     * @param hashed whether to compute the SHA-256 of its bytes
     */
    public CaptureInspector(String name, ReadableByteChannel channel, long length, boolean hashed) {
        this.name = name;
        this.length = length;
        digest = hashed ? Optional.of(sha256()) : Optional.empty();
        this.channel = new WatchedChannel(channel, digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256, which every Java platform must have", e);
        }
    }

    /**
     * Reads to the end. Damage, or a format that cannot be read, is part of the answer.
     *
     * @throws ClosedByInterruptException if the thread was interrupted
     * @throws IOException if the channel fails
     */
    public CaptureFacts inspect(ReadOptions options) throws IOException {
        try (channel) {
            readAll(options);
            if (digest.isPresent() || length > 0) drain();
            packets = counting.packets();
            return new CaptureFacts(
                    name,
                    CaptureFormat.of(channel.head()),
                    description,
                    channel.bytes(),
                    digest.map(sum -> HexFormat.of().formatHex(sum.digest())),
                    counting.counts(),
                    damages,
                    damageCount);
        }
    }

    private void drain() throws IOException {
        if (channel.isOpen()) channel.drain();
    }

    private void readAll(ReadOptions options) throws IOException {
        DamageListener listener = (damage, before, resumedAt) -> damaged(new SourceStatistics.Damage(
                name, damage.kind(), damage.offset(), before, resumedAt, String.valueOf(damage.getMessage())));
        try {
            read(CaptureFormat.open(new KeptOpen(channel), PcapReader.BUFFER_LENGTH, options, listener));
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (MalformedCaptureException e) {
            damaged(new SourceStatistics.Damage(
                    name, e.kind(), e.offset(), counting.packets(), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            damaged(new SourceStatistics.Damage(
                    name, DamageKind.OTHER, -1, counting.packets(), String.valueOf(e.getMessage())));
        }
    }

    private void read(CaptureReader reader) throws IOException {
        var packet = new Packet();
        try (reader) {
            while (reader.next(packet)) {
                counting.add(packet);
                if (counting.packets() % PUBLISH == 0) packets = counting.packets();
            }
        } finally {
            description = Optional.of(reader.description());
        }
    }

    private void damaged(SourceStatistics.Damage damage) {
        damageCount++;
        if (damages.size() < SourceStatistics.DAMAGES) damages.add(damage);
    }

    /** How far reading is; from any thread. */
    public SourceStatistics progress() {
        return new SourceStatistics(1, 0, 0, packets, channel.bytes(), length, List.of());
    }
}
