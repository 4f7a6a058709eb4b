package io.pairwire.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** A channel that keeps what it takes: at most some bytes a call, and only so many in all. */
final class Taken implements WritableByteChannel {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int atOnce;
    private final int inAll;
    private boolean open = true;
    private int failures;

    Taken() {
        this(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    Taken(int atOnce, int inAll) {
        this.atOnce = atOnce;
        this.inAll = inAll;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = Math.min(Math.min(atOnce, source.remaining()), inAll - bytes.size());
        if (count == 0 && source.hasRemaining()) {
            failures++;
            throw new IOException("No space left on device");
        }
        for (int i = 0; i < count; i++) bytes.write(source.get());
        return count;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    int length() {
        return bytes.size();
    }

    int failures() {
        return failures;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
