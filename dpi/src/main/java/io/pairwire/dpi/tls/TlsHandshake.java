package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One direction of a TLS connection from its first byte: takes records apart and puts handshake messages together,
 * <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446</a> §5.1. Messages may span records, and records segments.
 *
 * <p>Holds at most {@value #MOST} bytes, and none before the first. Not thread-safe; it belongs to one session.
 */
public final class TlsHandshake {
    /** Bytes of a message that is kept; what is longer is handed over in part. Chains of certificates take a few thousand. */
    public static final int MOST = 64 * 1024;

    /** How far a handshake has come. */
    public enum State {
        /** More bytes may bring more messages. */
        OPEN,
        /** Encrypted from here on: nothing more to see. */
        ENCRYPTED,
        /** Not TLS, or no longer. */
        BROKEN
    }

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION = 23;
    static final int HEARTBEAT = 24;

    private static final int RECORD_HEADER = 5;
    private static final int ALERT_LENGTH = 2; // RFC 5246 §7.2: level and description
    private static final int WARNING = 1;
    private static final int MESSAGE_HEADER = 4;
    private static final int LONGEST_RECORD = (1 << 14) + 2048;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final HandshakeHandler handler;
    private final byte[] header = new byte[RECORD_HEADER];
    private int inHeader;
    private int recordLeft;
    private boolean inAlert;
    private byte[] message = {};
    private int inMessage;
    private State state = State.OPEN;

    public TlsHandshake(HandshakeHandler handler) {
        this.handler = handler;
    }

    public State state() {
        return state;
    }

    /** Does a record begin here, as far as the bytes reach? At least three are wanted. */
    public static boolean isRecord(ByteCursor bytes) {
        int type = bytes.peek(0);
        if (bytes.remaining() < 3 || type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) return false;
        if (bytes.peek(1) != 3 || bytes.peek(2) > 4) return false;
        if (bytes.remaining() < RECORD_HEADER) return true;
        int length = bytes.peek(3) << 8 | bytes.peek(4);
        return length > 0 && length <= LONGEST_RECORD;
    }

    /** Takes the next bytes of the direction. */
    public State offer(MemorySegment memory, long at, int length) {
        long end = at + length;
        while (at < end && state == State.OPEN) {
            if (recordLeft == 0) {
                int take = (int) Math.min(RECORD_HEADER - inHeader, end - at);
                MemorySegment.copy(memory, BYTE, at, header, inHeader, take);
                inHeader += take;
                at += take;
                if (inHeader == RECORD_HEADER) beginRecord();
            } else if (inAlert) {
                // A warning, as of a name the server does not know, stands before its hello; anything else ends it.
                if (recordLeft == ALERT_LENGTH && memory.get(BYTE, at) != WARNING) state = State.ENCRYPTED;
                at++;
                recordLeft--;
                inAlert = recordLeft > 0;
            } else {
                int take = (int) Math.min(recordLeft, end - at);
                append(memory, at, take);
                recordLeft -= take;
                at += take;
                handOver();
            }
        }
        return state;
    }

    private void beginRecord() {
        inHeader = 0;
        if (!isRecord(new ByteCursor(header))) {
            state = State.BROKEN;
            return;
        }
        int length = (header[3] & 0xff) << 8 | header[4] & 0xff;
        inAlert = header[0] == ALERT && length == ALERT_LENGTH;
        if (header[0] == HANDSHAKE || inAlert) recordLeft = length;
        else state = State.ENCRYPTED; // the others come when keys are there
    }

    private void append(MemorySegment memory, long at, int length) {
        int kept = Math.min(length, MOST - inMessage);
        if (inMessage + kept > message.length) {
            message = Arrays.copyOf(message, Math.min(MOST, Math.max(512, (inMessage + kept) * 3 / 2)));
        }
        MemorySegment.copy(memory, BYTE, at, message, inMessage, kept);
        inMessage += kept;
    }

    private void handOver() {
        int at = 0;
        while (inMessage - at >= MESSAGE_HEADER) {
            int length = (message[at + 1] & 0xff) << 16 | (message[at + 2] & 0xff) << 8 | message[at + 3] & 0xff;
            boolean tooLong = length > MOST - MESSAGE_HEADER;
            if (tooLong && inMessage == MOST || length > 1 << 20) {
                state = State.BROKEN; // or encrypted already: such lengths are no handshake's
                break;
            }
            if (inMessage - at - MESSAGE_HEADER < length) break;
            handler.message(message[at] & 0xff, cursor(at + MESSAGE_HEADER, length));
            at += MESSAGE_HEADER + length;
        }
        System.arraycopy(message, at, message, 0, inMessage - at);
        inMessage -= at;
        if (state != State.OPEN || inMessage == 0) message = new byte[0];
        if (message.length == 0) inMessage = 0;
    }

    /** The type of the message that is on its way, or -1. */
    public int unfinishedType() {
        return state == State.OPEN && inMessage > MESSAGE_HEADER ? message[0] & 0xff : -1;
    }

    /** What there is of the body of that message, already failed; valid until the next {@link #offer}. */
    public ByteCursor unfinished() {
        if (unfinishedType() < 0) throw new IllegalStateException("no message is on its way");
        int length = (message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | message[3] & 0xff;
        return cursor(MESSAGE_HEADER, inMessage - MESSAGE_HEADER).sliceUpTo(length);
    }

    private ByteCursor cursor(int at, int length) {
        return new ByteCursor(message, at, length);
    }
}
