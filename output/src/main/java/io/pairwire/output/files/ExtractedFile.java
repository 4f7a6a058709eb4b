package io.pairwire.output.files;

import io.pairwire.dpi.FileReceiver;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One file of a {@link FileFolder} while it is written, with its digest. Bytes that are missing are left out, not filled. */
final class ExtractedFile implements FileReceiver {
    private final FileFolder folder;
    private final FileChannel channel;
    private final long session;
    private final boolean announced;
    private final String line;
    private final MessageDigest digest;
    private long length;
    private long written;
    private long missing;
    private boolean over;

    /**
     * Makes the file.
     *
     * @param announced was its length announced?
     * @param line what is known of it by now, JSON without its end
     */
    ExtractedFile(FileFolder folder, Path path, long session, boolean announced, String line) throws IOException {
        this.folder = folder;
        this.session = session;
        this.announced = announced;
        this.line = line;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
        channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    long session() {
        return session;
    }

    @Override
    public void bytes(MemorySegment memory, long at, int count) {
        if (over) return;
        length += count;
        ByteBuffer all = memory.asSlice(at, count).asByteBuffer();
        digest.update(all.duplicate());
        int granted = folder.grant(written, count);
        written += granted;
        ByteBuffer some = all.limit(granted);
        try {
            while (some.hasRemaining()) channel.write(some);
        } catch (IOException e) {
            folder.failed(e);
        }
    }

    @Override
    public void gap(long count) {
        missing += count;
    }

    @Override
    public void ends() {
        end(missing > 0);
    }

    /** Without an announced length the end of the session is that of the file; who announced one did not keep it. */
    void sessionEnded() {
        end(missing > 0 || announced);
    }

    private void end(boolean incomplete) {
        if (over) return;
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            folder.failed(e);
        }
        String rest = line + ",\"bytes\":" + length + ",\"written_bytes\":" + written + ",\"missing_bytes\":" + missing
                + ",\"complete\":" + !incomplete + ",\"sha256\":\""
                + HexFormat.of().formatHex(digest.digest()) + '"';
        folder.ended(this, written < length, incomplete, rest);
    }
}
