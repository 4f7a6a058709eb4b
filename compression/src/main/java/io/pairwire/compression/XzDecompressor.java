package io.pairwire.compression;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.DecompressingChannel;
import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.UnsupportedCaptureException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZFormatException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks {@link Xz}, stream after stream. The library needs a chunk of 64 KB at most as a whole before it gives the bytes
 * in it, so what a cut chunk holds is not delivered.
 */
final class XzDecompressor extends DecompressingChannel {
    private static final int MEMORY_LIMIT = 128 << 10;

    /** Small, as what was unpacked in a call that meets damage is lost. */
    private final byte[] plain = new byte[4 << 10];

    private @Nullable XZInputStream stream;

    XzDecompressor(CompressedInput input) {
        super(CaptureFormat.XZ, input);
    }

    @Override
    protected boolean decompress(ByteBuffer target) throws IOException {
        try {
            var opened = stream;
            if (opened == null) {
                opened = new XZInputStream(input().stream(), memoryLimit());
                stream = opened;
            }
            int length = Math.min(target.remaining(), plain.length);
            // Where a chunk ends is asked for, so that damage in the next does not take anything of this one along.
            int read = opened.read(plain, 0, Math.clamp(opened.available(), 1, length));
            if (read < 0) return false;
            target.put(plain, 0, read);
            return true;
        } catch (EOFException e) {
            throw caused(cut(), e);
        } catch (MemoryLimitException e) {
            var refused = new UnsupportedCaptureException(
                    CaptureFormat.XZ,
                    "xz needs " + e.getMemoryNeeded() + " KB of heap to unpack it, allowed are " + e.getMemoryLimit());
            refused.initCause(e);
            throw refused;
        } catch (XZFormatException e) {
            throw caused(damaged("magic is missing", 0), e);
        } catch (UnsupportedOptionsException e) {
            throw caused(damaged("stream uses options that are not known: " + e.getMessage()), e);
        } catch (XZIOException e) {
            throw caused(damaged("stream is damaged: " + e.getMessage()), e);
        }
    }

    private static MalformedCaptureException caused(MalformedCaptureException damage, IOException cause) {
        damage.initCause(cause);
        return damage;
    }

    /** In KB. */
    private static int memoryLimit() {
        return (int) Math.min(Runtime.getRuntime().maxMemory() / 2 >> 10, MEMORY_LIMIT);
    }

    /** The stream holds nothing but heap, and its closing would do nothing but close the input. */
    @Override
    protected void release() {
        stream = null;
    }
}
