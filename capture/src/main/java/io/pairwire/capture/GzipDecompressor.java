package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks {@link Gzip}, member after member, and checks what each trailer says. As gzip(1) does, zeros after the last
 * member are taken for the padding of a tape; anything else there is damage, all packets having been delivered.
 */
final class GzipDecompressor extends DecompressingChannel {

    private enum Part {
        HEADER,
        BODY,
        TRAILER,
        END
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 check = new CRC32();
    private Part part = Part.HEADER;
    private long members;

    /** Was the beginning of this member left out? */
    private boolean resumed;

    GzipDecompressor(CompressedInput input) {
        super(CaptureFormat.GZIP, input);
        inflater.setInput(input.buffer());
    }

    /** Begins at a block inside a member, whose trailer is then not checked. */
    GzipDecompressor(CompressedInput input, RestartPoint point) throws IOException {
        super(CaptureFormat.GZIP, input);
        part = Part.BODY;
        members = 1;
        resumed = true;
        if (point.window().length > 0) inflater.setDictionary(point.window());
        if (point.bits() > 0) {
            if (!input.require(1)) throw cut();
            inflater.setInput(EmptyBlocks.before(point.bits(), input.buffer().get() & 0xff));
            try {
                inflater.inflate(new byte[1]); // takes in the blocks, which hold nothing: nothing is put out
            } catch (DataFormatException e) {
                throw (MalformedCaptureException)
                        damaged("cannot be resumed here").initCause(e);
            }
        }
        inflater.setInput(input.buffer());
    }

    @Override
    protected boolean decompress(ByteBuffer target) throws IOException {
        switch (part) {
            case HEADER -> part = header() ? Part.BODY : Part.END;
            case BODY -> body(target);
            case TRAILER -> trailer();
            case END -> {}
        }
        return part != Part.END;
    }

    /** Reads the header of the next member; false if there is none. */
    private boolean header() throws IOException {
        CompressedInput input = input();
        ByteBuffer bytes = input.buffer();
        long at = input.position();
        if (members > 0 && !input.require(1)) return false;
        if (members > 0 && bytes.get(bytes.position()) == 0) return padding();
        boolean magic = input.require(2) && (bytes.getShort(bytes.position()) & 0xffff) == Gzip.MAGIC;
        if (!magic) throw damaged(members > 0 ? "stream is followed by something else" : "magic is missing", at);
        if (!input.require(Gzip.HEADER)) throw cut();
        check.reset();
        int method = bytes.get(bytes.position() + 2) & 0xff;
        int flags = bytes.get(bytes.position() + 3) & 0xff;
        restartsAt(at);
        if (method != Gzip.DEFLATE) throw damaged("compression method is not 8: " + method, at + 2);
        if ((flags & Gzip.RESERVED) != 0) throw damaged("flags are reserved: 0x" + hex(flags), at + 3);
        for (int i = 0; i < Gzip.HEADER; i++) headerByte();
        if ((flags & Gzip.EXTRA) != 0) {
            int length = headerByte() | headerByte() << 8;
            for (int i = 0; i < length; i++) headerByte();
        }
        if ((flags & Gzip.NAME) != 0) skipText();
        if ((flags & Gzip.COMMENT) != 0) skipText();
        if ((flags & Gzip.HEADER_CHECK) != 0) {
            int computed = (int) check.getValue() & 0xffff;
            int stated = headerByte() | headerByte() << 8;
            if (stated != computed) throw damaged("header has another check than it states", at);
        }
        members++;
        check.reset();
        inflater.reset();
        inflater.setInput(bytes);
        return true;
    }

    private static String hex(int flags) {
        return HexFormat.of().toHexDigits((byte) flags);
    }

    private boolean padding() throws IOException {
        ByteBuffer bytes = input().buffer();
        while (input().require(1)) {
            if (bytes.get() != 0) throw damaged("stream is followed by something else", input().position() - 1);
        }
        return false;
    }

    private void skipText() throws IOException {
        while (headerByte() != 0) {}
    }

    private int headerByte() throws IOException {
        if (!input().require(1)) throw cut();
        int value = input().buffer().get() & 0xff;
        check.update(value);
        return value;
    }

    private void body(ByteBuffer target) throws IOException {
        int start = target.position();
        try {
            inflater.inflate(target);
        } catch (DataFormatException e) {
            throw (MalformedCaptureException) damaged("data is damaged: " + String.valueOf(e.getMessage()))
                    .initCause(e);
        } finally {
            check.update(target.slice(start, target.position() - start));
        }
        if (inflater.finished()) part = Part.TRAILER;
        else if (inflater.needsDictionary()) throw damaged("data wants a dictionary");
        else if (target.position() == start && !input().more()) throw cut();
    }

    private void trailer() throws IOException {
        CompressedInput input = input();
        if (!input.require(Gzip.TRAILER)) throw cut();
        long at = input.position();
        int stated = input.buffer().getInt();
        int length = input.buffer().getInt();
        part = Part.HEADER;
        if (resumed) {
            resumed = false;
            return;
        }
        if (stated != (int) check.getValue()) throw damaged("data has another CRC-32 than the trailer states", at);
        if (length != (int) inflater.getBytesWritten()) {
            throw damaged("data has another length than the trailer states", at + 4);
        }
    }

    @Override
    protected void release() {
        inflater.end();
    }
}
