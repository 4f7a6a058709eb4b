package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds hellos of clients for tests: the body of the message, the message, the record. */
public final class Hello {
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private int[] suites = {0x1301};
    private int version = 0x0303;

    public static Hello named(String name) {
        var text = name.getBytes(StandardCharsets.US_ASCII);
        var entry = bytes().u16(text.length + 3).u8(0).u16(text.length).raw(text);
        return new Hello().extension(Extensions.SERVER_NAME, entry.toArray());
    }

    static Hello plain() {
        return new Hello();
    }

    public Hello suites(int... numbers) {
        suites = numbers;
        return this;
    }

    Hello version(int number) {
        version = number;
        return this;
    }

    public Hello extension(int type, byte... body) {
        extensions.writeBytes(bytes().u16(type).u16(body.length).raw(body).toArray());
        return this;
    }

    public Hello extensionOfNumbers(int type, int lengthBytes, int... numbers) {
        var list = bytes();
        if (lengthBytes == 1) list.u8(numbers.length * 2);
        else list.u16(numbers.length * 2);
        for (int number : numbers) list.u16(number);
        return extension(type, list.toArray());
    }

    public Hello protocols(String... names) {
        var list = bytes();
        for (var name : names) list.u8(name.length()).raw(name.getBytes(StandardCharsets.ISO_8859_1));
        return extension(
                Extensions.APPLICATION_PROTOCOLS,
                bytes().u16(list.toArray().length).raw(list.toArray()).toArray());
    }

    byte[] body() {
        var body = bytes().u16(version).raw(new byte[32]).u8(0).u16(suites.length * 2);
        for (int suite : suites) body.u16(suite);
        body.u8(1).u8(0);
        if (extensions.size() > 0) body.u16(extensions.size()).raw(extensions.toByteArray());
        return body.toArray();
    }

    byte[] message() {
        return message(ClientHello.TYPE, body());
    }

    public byte[] record() {
        return record(message());
    }

    ClientHello read() {
        return ClientHello.read(new ByteCursor(body()), false).orElseThrow();
    }

    static byte[] message(int type, byte[] body) {
        return bytes().u8(type).u8(0).u16(body.length).raw(body).toArray();
    }

    static byte[] record(byte[] content) {
        return bytes().u8(22).u16(0x0301).u16(content.length).raw(content).toArray();
    }

    static Bytes bytes() {
        return new Bytes();
    }

    /** Numbers in network byte order. */
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes u8(int value) {
            out.write(value);
            return this;
        }

        Bytes u16(int value) {
            return u8(value >>> 8).u8(value);
        }

        Bytes u24(int value) {
            return u8(value >>> 16).u16(value);
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] toArray() {
            return out.toByteArray();
        }
    }
}
