package io.pairwire.engine.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * One record of a {@link Journal} as it was found.
 *
 * @param length bytes it takes; 0 if that is not known, because it is cut or its lengths are damaged
 * @param sequence its number
 * @param damagedAt where in it the damage is
 * @param damage what is wrong; empty if nothing is
 * @param isCut does the file end in it?
 */
record JournalRecord(long length, long sequence, long damagedAt, String damage, boolean isCut) {
    static final int MAGIC = 0x5077_4a31; // PwJ1
    static final int LONGEST_CHUNK = 1 << 16;
    private static final int HEADER = 12;

    /** Length and complement: so a length that leads beyond the end is a cut, and no damage. */
    private static final int CHUNK = 8;

    boolean isWhole() {
        return !isCut && damage.isEmpty();
    }

    /** Walks through the record that begins there; never reads beyond {@code end}. */
    static JournalRecord read(FileChannel channel, long start, long end) throws IOException {
        if (end - start < HEADER) return cut();
        ByteBuffer header = bytes(channel, start, HEADER);
        if (header.getInt(0) != MAGIC) return damaged(0, 0, "no record begins here");
        long sequence = header.getLong(4);
        var crc = new CRC32C();
        crc.update(header);
        long at = start + HEADER;
        while (true) {
            if (end - at < CHUNK) return cut();
            ByteBuffer chunk = bytes(channel, at, CHUNK);
            int length = chunk.getInt(0);
            if (chunk.getInt(4) != ~length || length < 0 || length > LONGEST_CHUNK) {
                return damaged(0, at - start, "impossible length");
            }
            crc.update(chunk);
            at += CHUNK;
            if (length == 0) break;
            if (end - at < length) return cut();
            crc.update(bytes(channel, at, length));
            at += length;
        }
        if (end - at < 4) return cut();
        int expected = bytes(channel, at, 4).getInt(0);
        long length = at + 4 - start;
        if ((int) crc.getValue() != expected) return damaged(length, 0, "wrong checksum");
        return new JournalRecord(length, sequence, 0, "", false);
    }

    private static JournalRecord cut() {
        return new JournalRecord(0, 0, 0, "", true);
    }

    private static JournalRecord damaged(long length, long at, String what) {
        return new JournalRecord(length, 0, at, what, false);
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) throw new IOException("ends before it should");
        }
        return buffer.flip();
    }

    /** What was written into the record that begins there, which is whole. */
    static InputStream content(FileChannel channel, long start) {
        return new InputStream() {
            private long at = start + HEADER;
            private ByteBuffer chunk = ByteBuffer.allocate(0);
            private boolean over;

            private boolean more() throws IOException {
                if (chunk.hasRemaining()) return true;
                if (over) return false;
                int length = bytes(channel, at, CHUNK).getInt(0);
                over = length == 0;
                chunk = bytes(channel, at + CHUNK, length);
                at += CHUNK + length;
                return !over;
            }

            @Override
            public int read() throws IOException {
                return more() ? chunk.get() & 0xff : -1;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (length == 0) return 0;
                if (!more()) return -1;
                int count = Math.min(length, chunk.remaining());
                chunk.get(to, offset, count);
                return count;
            }
        };
    }

    /** Writes a record, a chunk for each call. */
    static final class Chunks extends OutputStream {
        private final FileChannel channel;
        private final CRC32C crc = new CRC32C();

        Chunks(FileChannel channel, long sequence) throws IOException {
            this.channel = channel;
            put(ByteBuffer.allocate(HEADER).putInt(MAGIC).putLong(sequence).flip());
        }

        private void put(ByteBuffer bytes) throws IOException {
            crc.update(bytes.duplicate());
            while (bytes.hasRemaining()) channel.write(bytes);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            int at = offset;
            int left = length;
            while (left > 0) {
                int count = Math.min(left, LONGEST_CHUNK);
                put(length(count));
                put(ByteBuffer.wrap(from, at, count));
                at += count;
                left -= count;
            }
        }

        private static ByteBuffer length(int length) {
            return ByteBuffer.allocate(CHUNK).putInt(length).putInt(~length).flip();
        }

        /** Ends the record. */
        void finish() throws IOException {
            put(length(0));
            ByteBuffer checksum =
                    ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip();
            while (checksum.hasRemaining()) channel.write(checksum);
        }
    }
}
