package io.pairwire.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pcapng block by block as the format describes it, for tests that want it exactly so, or wrong. */
final class Blocks {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private ByteOrder order;

    Blocks(ByteOrder order) {
        this.order = order;
    }

    static Blocks little() {
        return new Blocks(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
        return all.toByteArray();
    }

    int length() {
        return all.size();
    }

    Blocks raw(byte[] bytes) {
        all.writeBytes(bytes);
        return this;
    }

    private ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    static int padded(int length) {
        return length + 3 & ~3;
    }

    Blocks block(int type, byte[]... parts) {
        int length = 12;
        for (byte[] part : parts) length += padded(part.length);
        return block(type, length, length, parts);
    }

    Blocks block(int type, int lengthBefore, int lengthBehind, byte[]... parts) {
        all.writeBytes(buffer(8).putInt(type).putInt(lengthBefore).array());
        for (byte[] part : parts) {
            all.writeBytes(part);
            all.writeBytes(new byte[padded(part.length) - part.length]);
        }
        all.writeBytes(buffer(4).putInt(lengthBehind).array());
        return this;
    }

    /** Begins a section of that order. */
    Blocks section(ByteOrder order, byte[]... options) {
        this.order = order;
        byte[] fixed = buffer(16)
                .putInt(0x1a2b3c4d)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1)
                .array();
        return block(0x0a0d0d0a, join(fixed, options));
    }

    Blocks section(byte[]... options) {
        return section(order, options);
    }

    Blocks describe(int linkType, int snaplen, byte[]... options) {
        byte[] fixed = buffer(8)
                .putShort((short) linkType)
                .putShort((short) 0)
                .putInt(snaplen)
                .array();
        return block(1, join(fixed, options));
    }

    Blocks enhanced(int number, long units, int original, byte[] frame, byte[]... options) {
        byte[] fixed = buffer(20)
                .putInt(number)
                .putInt((int) (units >>> 32))
                .putInt((int) units)
                .putInt(frame.length)
                .putInt(original)
                .array();
        return block(6, join(fixed, join(frame, options)));
    }

    Blocks enhanced(int number, long units, String hex) {
        byte[] frame = Captures.bytes(hex);
        return enhanced(number, units, frame.length, frame);
    }

    Blocks obsolete(int number, int drops, long units, int original, byte[] frame, byte[]... options) {
        byte[] fixed = buffer(20)
                .putShort((short) number)
                .putShort((short) drops)
                .putInt((int) (units >>> 32))
                .putInt((int) units)
                .putInt(frame.length)
                .putInt(original)
                .array();
        return block(2, join(fixed, join(frame, options)));
    }

    Blocks simple(int original, byte[] frame) {
        return block(3, join(buffer(4).putInt(original).array(), frame));
    }

    /** A name record. */
    byte[] name(int type, byte[] address, String names) {
        byte[] text = names.getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[address.length + text.length];
        System.arraycopy(address, 0, value, 0, address.length);
        System.arraycopy(text, 0, value, address.length, text.length);
        return option(type, value);
    }

    byte[] option(int code, byte[] value) {
        var padded = buffer(4 + padded(value.length));
        return padded.putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    byte[] option(int code, String text) {
        return option(code, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] option32(int code, int value) {
        return option(code, buffer(4).putInt(value).array());
    }

    byte[] option64(int code, long value) {
        return option(code, buffer(8).putLong(value).array());
    }

    /** A time, its higher half first whatever the order. */
    byte[] optionTime(int code, long units) {
        return option(
                code, buffer(8).putInt((int) (units >>> 32)).putInt((int) units).array());
    }

    byte[] u32(int... values) {
        var bytes = buffer(4 * values.length);
        for (int value : values) bytes.putInt(value);
        return bytes.array();
    }

    static byte[] end() {
        return new byte[4];
    }

    /** The first padded to four bytes, and the others behind it. */
    static byte[] join(byte[] first, byte[]... others) {
        int length = padded(first.length);
        for (byte[] other : others) length += other.length;
        var joined = ByteBuffer.allocate(length).put(first).position(padded(first.length));
        for (byte[] other : others) joined.put(other);
        return joined.array();
    }
}
