package io.pairwire.engine.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Which file it is, whatever its name: where the file system keeps it, and how its content begins. A ring that writes a file
 * anew keeps the place and changes the beginning; a rename keeps both.
 *
 * @param place device and inode as the file system tells them; empty if it does not
 * @param sampleLength bytes at the beginning that were looked at, {@value #SAMPLE} at most
 * @param fingerprint of these bytes
 */
record FileIdentity(String place, int sampleLength, long fingerprint) {
    /** Headers of the file and of its first packet are in here, with its time: pcapng may begin with long descriptions. */
    static final int SAMPLE = 4096;

    /** Of an older sample: enough to hold a time, so that two files hardly ever agree. */
    private static final int TELLING = 64;

    static FileIdentity of(String place, FileChannel channel) throws IOException {
        ByteBuffer sample = sample(channel, SAMPLE);
        return new FileIdentity(place, sample.remaining(), fingerprint(sample));
    }

    private static ByteBuffer sample(FileChannel channel, int length) throws IOException {
        ByteBuffer sample = ByteBuffer.allocate(length);
        while (sample.hasRemaining() && channel.read(sample, sample.position()) > 0) {}
        return sample.flip();
    }

    private static long fingerprint(ByteBuffer sample) {
        var one = new CRC32C();
        one.update(sample.duplicate());
        var other = new CRC32();
        other.update(sample.duplicate());
        return one.getValue() << 32 | other.getValue();
    }

    /** Does the file begin as it did? It may be longer by now. */
    boolean beginsAs(FileChannel channel) throws IOException {
        ByteBuffer sample = sample(channel, sampleLength);
        return sample.remaining() == sampleLength && fingerprint(sample) == fingerprint;
    }

    /** Is the sample long enough to know the file by it alone? */
    boolean isTelling() {
        return sampleLength >= TELLING;
    }

    /** Could the sample be longer? */
    boolean isShort() {
        return sampleLength < SAMPLE;
    }

    void save(DataOutput out) throws IOException {
        out.writeUTF(place);
        out.writeInt(sampleLength);
        out.writeLong(fingerprint);
    }

    static FileIdentity read(DataInput in) throws IOException {
        String place = in.readUTF();
        int sampleLength = in.readInt();
        if (sampleLength < 0 || sampleLength > SAMPLE) throw new IOException("no sample: " + sampleLength + " bytes");
        return new FileIdentity(place, sampleLength, in.readLong());
    }
}
