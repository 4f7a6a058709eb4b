package io.pairwire.output.print;

import io.pairwire.output.AddressText;
import io.pairwire.output.Digits;
import io.pairwire.output.ResultBuffer;
import java.io.IOException;

/**
 * Text on its way to a channel: ASCII, appended to one reused array that is handed over when it is full. One thread
 * writes. Nothing here allocates once the array has the length that the longest line needs.
 *
 * <p>A printer appends to a line that somebody else began and ends; only a text without a bound of its own, such as the
 * dump of a packet, calls {@link #cut} now and then so that the array stays short.
 */
public final class Line {
    private static final int ROOM = 4_096;
    private static final int LONGEST_MAC = 17;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final ResultBuffer buffer;
    private byte[] bytes;
    private int at;

    /** Lines into that buffer. */
    public Line(ResultBuffer buffer) {
        this.buffer = buffer;
        bytes = buffer.bytes();
    }

    /** Begins a line. */
    public void begin() throws IOException {
        at = buffer.begin(ROOM);
        bytes = buffer.bytes();
    }

    /** Ends the line with a line feed. */
    public void end() {
        text('\n');
        buffer.end(at);
    }

    /** Lets go of what the line has so far; it goes on. */
    public void cut() throws IOException {
        buffer.endHeading(at);
        begin();
    }

    /** Makes room for that many bytes and answers the array; what is written into it counts after {@link #moveTo}. */
    public byte[] room(int length) {
        if (bytes.length - at < length) bytes = buffer.extend(at, length);
        return bytes;
    }

    /** Where the next byte goes in the array of {@link #room}. */
    public int at() {
        return at;
    }

    /** Says that everything in front of {@code at} was written. */
    public void moveTo(int at) {
        this.at = at;
    }

    /** Bytes, as they are. */
    public Line text(byte[] text) {
        System.arraycopy(text, 0, room(text.length), at, text.length);
        at += text.length;
        return this;
    }

    /** Characters below 128. */
    public Line text(String ascii) {
        int length = ascii.length();
        byte[] to = room(length);
        for (int i = 0; i < length; i++) to[at + i] = (byte) ascii.charAt(i);
        at += length;
        return this;
    }

    /** One character below 128. */
    public Line text(char ascii) {
        room(1)[at++] = (byte) ascii;
        return this;
    }

    /** That many spaces. */
    public Line spaces(int count) {
        byte[] to = room(count);
        for (int i = 0; i < count; i++) to[at++] = ' ';
        return this;
    }

    public Line decimal(long value) {
        at = Digits.decimal(room(Digits.LONGEST), at, value);
        return this;
    }

    /** A decimal with leading zeros, or more digits than {@code width} where it needs them; not negative. */
    public Line padded(int value, int width) {
        int digits = 1;
        for (long limit = 10; value >= limit; limit *= 10) digits++;
        at = Digits.padded(room(Digits.LONGEST), at, value, Math.max(width, digits));
        return this;
    }

    /** A decimal, filled up with spaces on the left. */
    public Line right(long value, int width) {
        int digits = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) digits++;
        return spaces(Math.max(0, width - digits)).decimal(value);
    }

    /** The lowest {@code digits} hexadecimal digits. */
    public Line hex(long value, int digits) {
        byte[] to = room(digits);
        for (int i = digits - 1; i >= 0; i--) to[at++] = HEX[(int) (value >>> 4 * i) & 0xf];
        return this;
    }

    /** Hexadecimal without leading zeros. */
    public Line hex(long value) {
        return hex(value, Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 3) / 4));
    }

    /** The address in the low 32 bits. */
    public Line ipv4(long address) {
        at = AddressText.ipv4(room(AddressText.LONGEST), at, (int) address);
        return this;
    }

    public Line ipv6(long high, long low) {
        at = AddressText.ipv6(room(AddressText.LONGEST), at, high, low);
        return this;
    }

    /** The address in the low 48 bits, such as {@code 02:00:5e:10:00:01}. */
    public Line mac(long address) {
        byte[] to = room(LONGEST_MAC);
        for (int shift = 40; shift >= 0; shift -= 8) {
            to[at++] = HEX[(int) (address >>> shift + 4) & 0xf];
            to[at++] = HEX[(int) (address >>> shift) & 0xf];
            if (shift > 0) to[at++] = ':';
        }
        return this;
    }

    /** A byte that came from a packet: as it is if it can be printed, otherwise a dot. */
    public Line printable(int value) {
        return text(value > 0x20 && value < 0x7f ? (char) value : value == ' ' ? ' ' : '.');
    }
}
