package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import io.pairwire.dpi.bytes.Reassembly;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a DTLS connection: records and fragments of handshake messages,
 * <a href="https://www.rfc-editor.org/rfc/rfc6347">RFC 6347</a> §4.1 and §4.2, RFC 9147 §4 and §5.
 *
 * <p>Fragments of one message at a time are put together, in any order, in at most {@value #MOST} bytes. Not thread-safe.
 */
public final class DtlsHandshake {
    /** Bytes of a message that is kept. */
    public static final int MOST = 32 * 1024;

    private static final int RECORD_HEADER = 13;
    private static final int LONGEST_RECORD = (1 << 14) + 2048;

    private final HandshakeHandler handler;
    private @Nullable Reassembly message;
    private int sequence = -1;
    private int type;

    public DtlsHandshake(HandshakeHandler handler) {
        this.handler = handler;
    }

    /** Is the datagram a row of DTLS records, as far as its first shows? */
    public static boolean isRecord(ByteCursor datagram) {
        if (datagram.remaining() < RECORD_HEADER) return false;
        int type = datagram.peek(0);
        if (type < TlsHandshake.CHANGE_CIPHER_SPEC || type > 25) return false;
        int version = datagram.peek(1) << 8 | datagram.peek(2);
        if (version != 0xfeff && version != 0xfefd && version != 0xfefc && version != 0x0100) return false;
        int length = datagram.peek(11) << 8 | datagram.peek(12);
        return length > 0 && length <= LONGEST_RECORD;
    }

    /** Takes a datagram. */
    public void offer(ByteCursor datagram) {
        while (isRecord(datagram)) {
            int content = datagram.u8();
            datagram.skip(2);
            int epoch = datagram.u16();
            datagram.skip(6);
            var record = datagram.sliceUpTo(datagram.u16());
            if (content != TlsHandshake.HANDSHAKE || epoch != 0) continue;
            while (record.remaining() >= 12) fragment(record);
        }
    }

    private void fragment(ByteCursor record) {
        int type = record.u8();
        int length = record.u24();
        int number = record.u16();
        int at = record.u24();
        int fragment = record.u24();
        var body = record.sliceUpTo(fragment);
        if (length > MOST || at > length || fragment > length - at) return;
        if (at == 0 && fragment == length) {
            handler.message(type, body);
            return;
        }
        if (number != sequence || type != this.type || message == null) {
            if (message != null && number < sequence) return; // an older one, sent again
            sequence = number;
            this.type = type;
            message = new Reassembly(MOST);
        }
        message.put(at, body);
        if (message.contiguous() >= length) {
            handler.message(type, message.cursor(length));
            message = null;
        }
    }
}
