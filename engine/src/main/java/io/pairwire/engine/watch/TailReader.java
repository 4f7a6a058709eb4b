package io.pairwire.engine.watch;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.DamageKind;
import io.pairwire.capture.DamageListener;
import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.Packet;
import io.pairwire.capture.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FollowedFile} that is open: reads packet by packet as far as the limit of its channel, and goes on from there when
 * that was moved. What is packed cannot be gone on with and is unpacked from its beginning again.
 */
final class TailReader {
    private final FollowedFile file;
    private final FileChannel opened;
    private final TailChannel channel;
    private final ByteBuffer buffer;
    private final DamageListener listener;
    private final Packet head;
    private @Nullable CaptureReader reader;
    private long behindHead;
    private boolean hasHead;
    private boolean atEnd;
    private Optional<MalformedCaptureException> cut = Optional.empty();
    private Optional<MalformedCaptureException> damage = Optional.empty();

    private TailReader(FollowedFile file, FileChannel opened, ByteBuffer buffer, DamageListener listener) {
        this.file = file;
        this.opened = opened;
        this.channel = new TailChannel(opened, 0);
        this.buffer = buffer;
        this.listener = listener;
        this.head = new Packet().from(file.index, 0);
    }

    /** Opens the file; nothing is read yet. */
    static TailReader open(FollowedFile file, ByteBuffer buffer, DamageListener listener) throws IOException {
        return new TailReader(file, FileChannel.open(file.path, StandardOpenOption.READ), buffer, listener);
    }

    FollowedFile file() {
        return file;
    }

    FileChannel channel() {
        return opened;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** The packet that is next, if {@link #hasHead}. */
    Packet head() {
        return head;
    }

    boolean hasHead() {
        return hasHead;
    }

    /** Why reading ended in front of the limit; empty behind a whole record. */
    Optional<MalformedCaptureException> cut() {
        return cut;
    }

    /** What is wrong for good, whatever may follow. */
    Optional<MalformedCaptureException> damage() {
        return damage;
    }

    void limit(long limit) {
        channel.limit(limit);
    }

    /** The packet at the head is handed over. */
    void take() {
        hasHead = false;
        file.position = behindHead;
        file.number = head.number();
        if (head.hasTime() && head.epochNanos() > file.latest) file.latest = head.epochNanos();
    }

    /** Moves to the next packet unless there is one at the head; false if there is none below the limit. */
    boolean advance() throws IOException {
        if (hasHead) return true;
        if (damage.isPresent()) return false;
        cut = Optional.empty();
        try {
            if (next()) {
                hasHead = true;
                if (head.hasTime()) file.turn = head.epochNanos(); // otherwise it stays behind its neighbour
                return true;
            }
        } catch (MalformedCaptureException e) {
            if (mayGrow(e.kind())) cut = Optional.of(e);
            else damage = Optional.of(e);
        }
        atEnd = true;
        file.readTo = channel.limit();
        if (file.packed) closeReader();
        return false;
    }

    private boolean next() throws IOException {
        CaptureReader reading = reader;
        if (reading == null) {
            reading = openReader();
        } else if (atEnd) {
            reading.seek(file.position, file.number + 1); // forgets that there was an end
        }
        atEnd = false;
        if (!reading.next(head)) return false;
        behindHead = reading.position();
        return true;
    }

    private CaptureReader openReader() throws IOException {
        opened.position(0);
        CaptureReader reading = CaptureFormat.open(channel, buffer, ReadOptions.DEFAULT, listener);
        reader = reading;
        file.packed = !reading.seekable();
        if (file.packed) {
            for (long i = 0; i < file.number; i++) {
                if (!reading.next(head)) throw new IOException("is shorter than when it was read before");
            }
        } else if (file.position > reading.position()) {
            reading.seek(file.position, file.number + 1);
        } else {
            file.position = reading.position();
        }
        return reading;
    }

    private static boolean mayGrow(DamageKind kind) {
        return switch (kind) {
            case EMPTY, CUT_HEADER, CUT_RECORD, CUT_COMPRESSION -> true;
            default -> false;
        };
    }

    private void closeReader() throws IOException {
        CaptureReader reading = reader;
        reader = null;
        if (reading != null) reading.close();
    }

    /** Closes it; what is at the head will be there again. */
    void close() throws IOException {
        hasHead = false;
        try {
            closeReader();
        } finally {
            opened.close();
        }
    }
}
