package io.pairwire.engine.compare;

import io.pairwire.decode.craft.Frame;
import java.util.Arrays;

/** One packet of a made-up capture, easily changed in one thing. */
record Shot(
        long time,
        boolean tcp,
        String source,
        int sourcePort,
        String destination,
        int destinationPort,
        int id,
        int ttl,
        long sequence,
        long acknowledgment,
        int flags,
        int window,
        byte[] payload,
        int fragment) {
    private static final int WHOLE = -1;
    private static final int MORE = 1;

    static Shot udp(long time, String source, int sourcePort, String destination, int port, int id, byte[] payload) {
        return new Shot(time, false, source, sourcePort, destination, port, id, 64, 0, 0, 0, 0, payload, WHOLE);
    }

    static Shot tcp(
            long time,
            String source,
            int sourcePort,
            String destination,
            int port,
            int id,
            long seq,
            long ack,
            int flags,
            byte[] payload) {
        return new Shot(
                time, true, source, sourcePort, destination, port, id, 64, seq, ack, flags, 4096, payload, WHOLE);
    }

    byte[] bytes() {
        if (fragment != WHOLE) {
            // The header of UDP is the first eight bytes of the datagram, and the frame builder writes it by itself.
            int header = fragment >>> 3 == 0 ? 8 : 0;
            return Frame.udp(source, sourcePort, destination, destinationPort)
                    .fragment(id, fragment & ~MORE, (fragment & MORE) != 0)
                    .ttl(ttl)
                    .udpLength(window)
                    .checksum(flags)
                    .payload(payload, header, payload.length - header)
                    .toEthernet();
        }
        Frame frame = tcp
                ? Frame.tcp(source, sourcePort, destination, destinationPort)
                        .sequence(sequence)
                        .acknowledgment(acknowledgment)
                        .flags(flags)
                        .window(window)
                : Frame.udp(source, sourcePort, destination, destinationPort);
        return frame.identification(id).ttl(ttl).payload(payload).toEthernet();
    }

    /** A fragment of this datagram; {@code offset} a multiple of 8. */
    Shot piece(int offset, int length) {
        byte[] frame = bytes();
        byte[] datagram = Arrays.copyOfRange(frame, 34, frame.length);
        int checksum = (datagram[6] & 0xff) << 8 | datagram[7] & 0xff;
        byte[] body = Arrays.copyOfRange(datagram, offset, offset + length);
        int place = offset | (offset + length < datagram.length ? MORE : 0);
        return new Shot(
                time,
                false,
                source,
                sourcePort,
                destination,
                destinationPort,
                id,
                ttl,
                0,
                0,
                checksum,
                datagram.length,
                body,
                place);
    }

    Shot at(long other) {
        return copy(other, source, sourcePort, id, ttl, sequence, acknowledgment, flags, window, payload);
    }

    Shot from(String other, int port) {
        return copy(time, other, port, id, ttl, sequence, acknowledgment, flags, window, payload);
    }

    Shot to(String other, int port) {
        return new Shot(
                time,
                tcp,
                source,
                sourcePort,
                other,
                port,
                id,
                ttl,
                sequence,
                acknowledgment,
                flags,
                window,
                payload,
                fragment);
    }

    Shot id(int other) {
        return copy(time, source, sourcePort, other, ttl, sequence, acknowledgment, flags, window, payload);
    }

    Shot ttl(int other) {
        return copy(time, source, sourcePort, id, other, sequence, acknowledgment, flags, window, payload);
    }

    Shot sequence(long other) {
        return copy(time, source, sourcePort, id, ttl, other, acknowledgment, flags, window, payload);
    }

    Shot acknowledgment(long other) {
        return copy(time, source, sourcePort, id, ttl, sequence, other, flags, window, payload);
    }

    Shot flags(int other) {
        return copy(time, source, sourcePort, id, ttl, sequence, acknowledgment, other, window, payload);
    }

    Shot window(int other) {
        return copy(time, source, sourcePort, id, ttl, sequence, acknowledgment, flags, other, payload);
    }

    Shot payload(byte[] other) {
        return copy(time, source, sourcePort, id, ttl, sequence, acknowledgment, flags, window, other);
    }

    private Shot copy(
            long time,
            String source,
            int sourcePort,
            int id,
            int ttl,
            long sequence,
            long acknowledgment,
            int flags,
            int window,
            byte[] payload) {
        return new Shot(
                time,
                tcp,
                source,
                sourcePort,
                destination,
                destinationPort,
                id,
                ttl,
                sequence,
                acknowledgment,
                flags,
                window,
                payload,
                fragment);
    }
}
