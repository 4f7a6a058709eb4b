package io.pairwire.capture;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** What the readers of all formats share: the place in the stream, what a damage does, and the search behind it. */
abstract sealed class RecordReader implements CaptureReader permits PcapReader, PcapngReader, SnoopReader {
    /** Longest record that is found by searching, headers included. */
    static final int LONGEST_FOUND = 256 << 10;

    StreamWindow window;

    /** Packets handed over so far. */
    long number;

    long recordPosition;

    private final boolean resync;
    private final DamageListener listener;
    private long damages;
    private @Nullable MalformedCaptureException damage;

    RecordReader(StreamWindow window, ReadOptions options, DamageListener listener) {
        this.window = window;
        this.listener = listener;
        resync = options.resync();
    }

    @Override
    public final boolean next(Packet packet) throws IOException {
        if (damage != null) throw damage;
        while (true) {
            try {
                return read(packet);
            } catch (MalformedCaptureException e) {
                goOn(e);
            }
        }
    }

    /** Moves to the next packet; false at the end. Where it throws, the window stands where the damage begins, or behind. */
    abstract boolean read(Packet packet) throws IOException;

    /** Does a plausible record begin where the window stands? May read on. */
    abstract boolean isRecordHere() throws IOException;

    /**
     * Bytes from where the window stands to where the next record must begin, as the damage is inside a record whose length
     * is right; 0 if that is not known.
     */
    int soundLength() {
        return 0;
    }

    private void goOn(MalformedCaptureException e) throws IOException {
        boolean found;
        try {
            found = resync && findRecord();
        } catch (MalformedCaptureException below) {
            if (below != e) e.addSuppressed(below); // what this format is packed in ends here
            found = false;
        } catch (IOException failed) {
            failed.addSuppressed(e);
            throw failed;
        }
        if (!found) {
            damage = e;
            throw e;
        }
        damages++;
        listener.onDamage(e, number, window.position());
    }

    /** Looks at every byte behind the damage, until a record begins there. */
    private boolean findRecord() throws IOException {
        int sound = soundLength();
        if (sound > 0) {
            window.skip(sound);
            return true;
        }
        while (window.fill(1)) {
            window.skip(1);
            if (isRecordHere()) return true;
        }
        return false;
    }

    /** Tells of a damage that ends nothing. */
    final void report(DamageKind kind, long offset, String what, long resumedAt) {
        damages++;
        listener.onDamage(new MalformedCaptureException(kind, offset, what), number, resumedAt);
    }

    final MalformedCaptureException damaged(DamageKind kind, String what) {
        return new MalformedCaptureException(kind, window.position(), what);
    }

    @Override
    public final long damages() {
        return damages;
    }

    @Override
    public final boolean ready() {
        if (damage != null || window.ended()) return true;
        return isWhole();
    }

    /** Is a whole packet in memory, or enough to see that there is none? */
    abstract boolean isWhole();

    /** Would a damage end the reading rather than begin a search? */
    final boolean endsAtDamage() {
        return !resync;
    }

    @Override
    public final long bytesRead() {
        return window.bytesRead();
    }

    @Override
    public final long position() {
        return window.position();
    }

    @Override
    public final long recordPosition() {
        return recordPosition;
    }

    @Override
    public final boolean seekable() {
        return window.channel() instanceof SeekableByteChannel;
    }

    @Override
    public final void seek(long position, long number) throws IOException {
        if (!seekable()) throw new UnsupportedOperationException("seek on " + window.channel());
        goTo(position, number);
    }

    private void goTo(long position, long number) throws IOException {
        damage = null;
        goTo(position);
        this.number = number - 1;
    }

    @Override
    public void stretches(PacketStretches known) {}

    /** Moves the window to a record. */
    void goTo(long position) throws IOException {
        window.seek(position);
    }

    /**
     * Goes on with another window to the same bytes, at a record; it stands at their start, and need not be
     * {@link #seekable}.
     */
    void reattach(StreamWindow other, long position, long number) throws IOException {
        window = other;
        goTo(position, number);
    }

    @Override
    public final void close() throws IOException {
        window.unmap();
        window.channel().close();
    }
}
