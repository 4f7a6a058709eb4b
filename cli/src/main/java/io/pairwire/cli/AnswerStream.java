package io.pairwire.cli;

import io.pairwire.output.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Where short answers are printed. Printing never throws, so it is not known to have worked until {@link #confirm} says so;
 * unlike a bare {@link PrintStream} this one remembers why it did not. Any thread may print.
 */
public final class AnswerStream extends PrintStream {
    private final Remembering to;

    private AnswerStream(Remembering to, Charset charset) {
        super(to, true, charset);
        this.to = to;
    }

    /** Prints to that stream, which need not be buffered. */
    static AnswerStream to(OutputStream stream, Charset charset) {
        return new AnswerStream(new Remembering(stream), charset);
    }

    /** Standard output, with the characters that {@link System#out} would use. */
    static AnswerStream standard() {
        return to(new FileOutputStream(FileDescriptor.out), System.out.charset());
    }

    /**
     * Is everything written that was printed so far?
     *
     * @throws io.pairwire.output.ClosedPipeException if nobody reads any more
     * @throws IOException if the disk is full and so on
     */
    void confirm() throws IOException {
        if (!checkError()) return;
        IOException first = to.failure;
        if (first != null) throw StandardOutput.failure(first);
        throw new IOException("standard output: the answer could not be written");
    }

    /** Keeps the first failure: what follows is mostly its consequence. */
    private static final class Remembering extends FilterOutputStream {
        private volatile @Nullable IOException failure;

        Remembering(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
            try {
                out.write(bytes, at, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        private IOException remembered(IOException e) {
            if (failure == null) failure = e;
            return e;
        }
    }
}
