package io.pairwire.engine.watch;

import io.pairwire.capture.MalformedCaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files that are open, their buffers, and what went wrong with them. */
final class OpenFiles {
    /** Files open at the same time at most. */
    static final int LIMIT = 200;

    private static final int SHORTEST_BUFFER = 1 << 12;
    private static final int LONGEST_BUFFER = 1 << 20;

    /** Above so many files each gets a shorter buffer. */
    private static final int FEW = 8;

    private static final int BUFFER_OF_MANY = 1 << 16;

    private final Set<FollowedFile> open = new LinkedHashSet<>();
    private final ArrayDeque<ByteBuffer> shelf = new ArrayDeque<>();
    private final Failure failure;

    /** Is told what is wrong with a file for good, or, with {@code ends} false, only in one place of it. */
    interface Failure {
        void damaged(FollowedFile file, IOException reason, long resumedAt, boolean ends);
    }

    OpenFiles(Failure failure) {
        this.failure = failure;
    }

    int count() {
        return open.size();
    }

    List<FollowedFile> list() {
        return new ArrayList<>(open);
    }

    /** Opens a file; false if that fails, which is told. */
    boolean open(FollowedFile file) throws IOException {
        ByteBuffer buffer = take(file.length - file.readTo);
        try {
            file.reader = TailReader.open(
                    file, buffer, (damage, packets, resumedAt) -> failure.damaged(file, damage, resumedAt, false));
            open.add(file);
            return true;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            give(buffer);
            if (!file.gone) failure.damaged(file, e, -1, true);
            return false;
        }
    }

    /** Moves to the next packet of an open file; false if there is none now, or never again, which is told. */
    boolean advance(TailReader reader) throws IOException {
        try {
            if (reader.advance()) return true;
            if (reader.damage().isPresent()) fail(reader, reader.damage().get());
        } catch (ClosedChannelException e) {
            throw e; // the thread was interrupted: that is no fault of the file
        } catch (MalformedCaptureException e) {
            fail(reader, e);
        } catch (IOException e) {
            fail(reader, e);
        }
        return false;
    }

    private void fail(TailReader reader, IOException reason) throws IOException {
        failure.damaged(reader.file(), reason, -1, true);
        close(reader.file());
    }

    void close(FollowedFile file) throws IOException {
        TailReader reader = file.reader;
        file.reader = null;
        open.remove(file);
        if (reader == null) return;
        give(reader.buffer());
        reader.close();
    }

    void closeAll() throws IOException {
        for (FollowedFile file : list()) close(file);
    }

    private ByteBuffer take(long expected) {
        int most = open.size() < FEW ? LONGEST_BUFFER : BUFFER_OF_MANY;
        int length = Math.clamp(2 * Long.highestOneBit(Math.max(expected, 1)), SHORTEST_BUFFER, most);
        for (var it = shelf.iterator(); it.hasNext(); ) {
            ByteBuffer buffer = it.next();
            if (buffer.capacity() == length) {
                it.remove();
                return buffer;
            }
        }
        return ByteBuffer.allocateDirect(length);
    }

    private void give(ByteBuffer buffer) {
        if (shelf.size() < LIMIT) shelf.addFirst(buffer);
    }
}
