package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Server message block: SMB 1 (MS-CIFS) and SMB 2 and 3 (MS-SMB2), directly on TCP or in sessions of NetBIOS. */
@BuiltIn
public final class Smb implements Protocol {
    private static final Attribute DIALECT =
            Attribute.number("smb.dialect", "what the server chose: 514 is 2.0.2, 785 is 3.1.1");
    private static final Attribute COMMANDS =
            Attribute.number("smb.command", "numbers of the commands").list();
    private static final Attribute SHARES =
            Attribute.text("smb.share", "shares connected to").list();
    private static final Attribute FILES =
            Attribute.text("smb.file", "files opened").list();
    private static final Attribute USER = Attribute.text("smb.user", "who logs in by NTLM");
    private static final Attribute DOMAIN = Attribute.text("smb.domain", "the domain of who logs in");
    private static final Attribute HOST = Attribute.text("smb.host", "the machine of who logs in");

    /** The length that stands before each message. */
    private static final int FRAME = 4;

    private static final int HEADER = 64;

    /** For the registry. */
    public Smb() {}

    @Override
    public String name() {
        return "smb";
    }

    @Override
    public String label() {
        return "SMB";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "netbios");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                new Trigger.Hint(Transport.TCP, 445),
                Trigger.bytes(Transport.TCP, BytePattern.of(FRAME, (byte) 0xff, (byte) 'S', (byte) 'M', (byte) 'B')),
                Trigger.bytes(Transport.TCP, BytePattern.of(FRAME, (byte) 0xfe, (byte) 'S', (byte) 'M', (byte) 'B')));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(DIALECT, COMMANDS, SHARES, FILES, USER, DOMAIN, HOST);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.u8(0) != 0) return Recognition.NEVER;
        if (payload.length() < FRAME + 4) return Recognition.MORE;
        int first = payload.u8(FRAME);
        boolean marked = payload.matches(FRAME + 1, "SMB") && first >= 0xfc;
        return marked && payload.u8(1) <= 1 ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Frames());
    }

    /** Both directions of one session. */
    private static final class Frames implements SessionParser {
        private static final int MOST_FRAMES = 256;
        /** Bytes of a frame that are looked into. */
        private static final int LONGEST = 4096;

        private static final int NEGOTIATE = 0;
        private static final int SESSION_SETUP = 1;
        private static final int TREE_CONNECT = 3;
        private static final int CREATE = 5;
        private static final int OLD_NEGOTIATE = 0x72;
        private int frames;
        private boolean versionSeen;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            while (payload.has(at, FRAME)) {
                int length = payload.u24(at + 1);
                int wanted = Math.min(length, LONGEST);
                if (!payload.has(at + FRAME, wanted)) return at;
                if (payload.u8(at) == 0 && wanted >= 36) frame(payload, at + FRAME, wanted, findings);
                if (++frames == MOST_FRAMES) return DONE;
                at += FRAME + length;
            }
            return at;
        }

        private void frame(Payload payload, int at, int length, Findings findings) {
            if (!payload.matches(at + 1, "SMB")) return;
            int first = payload.u8(at);
            version(first == 0xff, findings);
            if (first == 0xff) {
                findings.put(COMMANDS, payload.u8(at + 4));
                if (payload.u8(at + 4) == OLD_NEGOTIATE) return;
                Ntlm.find(payload, at, length).ifPresent(login -> login(login, findings));
            } else if (first == 0xfe && length >= 68) {
                message(payload, at, length, findings);
            }
        }

        private void version(boolean old, Findings findings) {
            if (versionSeen) return;
            versionSeen = true;
            findings.carries("netbios"); // whose frames it uses, also where nothing else of it is left (MS-SMB2 §2.1)
            findings.carries(old ? "smbv1" : "smbv23");
        }

        /** MS-SMB2 §2.2: a header of 64 bytes, then the command's own. */
        private static void message(Payload payload, int at, int length, Findings findings) {
            int command = payload.littleU16(at + 12);
            boolean answer = (payload.littleU32(at + 16) & 1) != 0;
            int body = at + HEADER;
            findings.put(COMMANDS, command);
            switch (command) {
                case NEGOTIATE -> {
                    if (answer && length >= HEADER + 6) findings.put(DIALECT, payload.littleU16(body + 4));
                }
                case SESSION_SETUP -> Ntlm.find(payload, at, length).ifPresent(login -> login(login, findings));
                case TREE_CONNECT -> {
                    if (!answer) text(payload, at, length, body + 4, SHARES, findings);
                }
                case CREATE -> {
                    if (!answer) text(payload, at, length, body + 44, FILES, findings);
                }
                default -> {} // told by its number
            }
        }

        /** A place and a length, of two bytes each, of text from the header on. */
        private static void text(
                Payload payload, int at, int length, int where, Attribute attribute, Findings findings) {
            if (where + 4 > at + length) return;
            int from = payload.littleU16(where);
            int bytes = payload.littleU16(where + 2);
            if (bytes == 0 || from + bytes > length) return;
            findings.put(attribute, new String(payload.bytes(at + from, bytes), StandardCharsets.UTF_16LE));
        }

        private static void login(Ntlm login, Findings findings) {
            if (!login.user().isEmpty()) findings.put(USER, login.user());
            if (!login.domain().isEmpty()) findings.put(DOMAIN, login.domain());
            if (!login.host().isEmpty()) findings.put(HOST, login.host());
        }
    }
}
