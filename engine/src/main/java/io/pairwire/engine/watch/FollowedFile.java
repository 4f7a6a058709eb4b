package io.pairwire.engine.watch;

import io.pairwire.engine.store.PacketReference;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One content of one file, and how far it was read: whole packets only. When the file is written anew another object takes
 * over from this one.
 */
final class FollowedFile {
    /** The turn of a file whose next time is not known: before all others. */
    static final long AT_ONCE = Long.MIN_VALUE;

    /** Which one it is in references to packets. */
    final int index;

    /** What results call it: the name under which it was found. */
    final String name;

    Path path;
    FileIdentity identity;

    /** Where the next record begins that was not handed over, bytes of the capture; 0 if not even the header was read. */
    long position;

    /** Packets handed over. */
    long number;

    /** The largest time of these, nanoseconds since 1970. */
    long latest = Long.MIN_VALUE;

    /** The time of the packet that is next, as far as it is known. */
    long turn = AT_ONCE;

    /** Is it packed, so that positions in it are not positions of the capture? */
    boolean packed;

    /** Bytes in the file when it was last read as far as possible. */
    long readTo;

    /** Bytes in the file when it was last looked at. */
    long length;

    /** Is it certainly no capture? */
    boolean ignored;

    /** Is something wrong with it for good? */
    boolean damaged;

    /** Was told that it ends inside a record? */
    boolean cutTold;

    /** Has it no name any more? */
    boolean gone;

    /** Was it open to the last, so that all of it was read, name or no name? */
    boolean wasOpen;

    /** Was told that it went away? */
    boolean vanishTold;

    /** Since when, by the clock of the source. */
    long goneNanos;

    /** Was done what is to be done with a file that was read? */
    boolean handled;

    /** Has the last writer closed it, as far as we heard? */
    boolean closed;

    /** When it last grew, by the clock of the source. */
    long grewNanos;

    /** Has it grown since it was read to its end? */
    boolean grows;

    /** Was looked whether it is a capture at all? */
    boolean judged;

    /** Bytes that a round must have read before it may end, and up to which it may read. */
    long goal;

    long limit;

    /** Has the round read as much as it must? */
    boolean satisfied;

    /** If it is open. */
    @Nullable
    TailReader reader;

    FollowedFile(int index, String name, Path path, FileIdentity identity) {
        this.index = index;
        this.name = name;
        this.path = path;
        this.identity = identity;
    }

    /** Is its turn before the other's? At the same nanosecond names decide, as in a folder that is read at once. */
    boolean isBefore(FollowedFile other) {
        return turn < other.turn || turn == other.turn && isNamedBefore(other);
    }

    /** The last time at which it is this file's turn while the other waits. */
    long lastTurnBefore(FollowedFile other) {
        return isNamedBefore(other) ? other.turn : other.turn - 1;
    }

    private boolean isNamedBefore(FollowedFile other) {
        int names = name.compareTo(other.name);
        return names < 0 || names == 0 && index < other.index;
    }

    /** Is there nothing in it that could be read now? */
    boolean isReadTo(long limit) {
        return damaged || ignored || readTo >= limit && !(reader != null && reader.hasHead());
    }

    /** Bytes that were there and not read, as far as can be told. */
    long unreadBytes() {
        return damaged || ignored ? 0 : Math.max(0, length - Math.max(readTo, packed ? 0 : position));
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(index);
        out.writeUTF(name);
        out.writeUTF(path.toString());
        identity.save(out);
        out.writeLong(position);
        out.writeLong(number);
        out.writeLong(latest);
        out.writeBoolean(packed);
        out.writeLong(readTo);
        out.writeBoolean(ignored);
        out.writeBoolean(damaged);
        out.writeBoolean(cutTold);
        out.writeBoolean(handled);
    }

    private static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IOException("no path: " + e.getMessage(), e);
        }
    }

    static FollowedFile read(DataInput in) throws IOException {
        int index = in.readInt();
        if (index < 0 || index >= PacketReference.FILES) throw new IOException("no index of a file: " + index);
        String name = in.readUTF();
        var file = new FollowedFile(index, name, path(in.readUTF()), FileIdentity.read(in));
        file.position = in.readLong();
        file.number = in.readLong();
        file.latest = in.readLong();
        file.packed = in.readBoolean();
        file.readTo = in.readLong();
        file.ignored = in.readBoolean();
        file.damaged = in.readBoolean();
        file.cutTold = in.readBoolean();
        file.handled = in.readBoolean();
        file.gone = true; // until it is found
        return file;
    }
}
