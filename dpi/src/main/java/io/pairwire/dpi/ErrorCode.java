package io.pairwire.dpi;

import io.pairwire.capture.SourceStatistics;

/**
 * What can go wrong, by number: 1001–1099 memory, 2001–2099 packets, 3001–3099 protocols, 4001–4099 sessions, 5001–5099 input
 * files, 6001–6099 configuration, 7001–7099 plug-ins. Numbers are stable. On the packet path an error is a counter and
 * nothing else.
 */
public enum ErrorCode {
    NONE(0, Severity.INFO, "no error", "Nothing to do."),
    SESSION_EVICTED(
            1001,
            Severity.WARNING,
            "a session ended early because memory was short",
            "Give more with --memory, or shorten the timeouts; a flood of SYNs ends here by design."),
    STREAM_ABANDONED(
            1002,
            Severity.INFO,
            "a parser did not use up what was kept for it",
            "Nothing to do: the session is counted on, its attributes may be incomplete."),
    VALUES_REFUSED(
            1003,
            Severity.INFO,
            "a session had more attribute values than are kept",
            "Want fewer attributes with --attributes, or read them from the callback, which gets all."),
    PATHS_EXHAUSTED(
            1004,
            Severity.WARNING,
            "there were more paths of protocols than are counted apart",
            "Look at the input: so many nestings are made on purpose. Further packets count under the parent."),
    PACKET_CUT(
            2001,
            Severity.INFO,
            "a header is cut by the snapshot length",
            "Capture with a larger snapshot length (-s 0)."),
    PACKET_MALFORMED(
            2002,
            Severity.INFO,
            "a header contradicts itself",
            "Look at the packet with pairwire read --tree; what stands before the header is used."),
    PACKET_UNSUPPORTED(
            2003, Severity.WARNING, "the link type is not decoded", "See docs/protocols.md for those that are."),
    PACKET_TOO_DEEP(
            2004, Severity.WARNING, "more layers than are kept", "Look at the packet: so many are made on purpose."),
    FRAGMENT_HELD(
            2005,
            Severity.INFO,
            "a fragment waits for others",
            "Nothing to do: the datagram counts when it is complete."),
    FRAGMENT_DROPPED(
            2006,
            Severity.INFO,
            "a fragment was not used",
            "Fragments that overlap or never become complete are an evasion or a loss; look at the packets."),
    TIME_WENT_BACK(
            2007,
            Severity.INFO,
            "a packet is older than the one before by more than a second",
            "Merge captures in the order of time; sessions count it as of the latest time seen."),
    FRAGMENT_OVERLAP(
            2008,
            Severity.WARNING,
            "a fragment overlaps others, or contradicts them about the end of the datagram",
            "Nobody cuts so by accident: look at the packets of that address. Of IPv4 the first bytes count, IPv6 is dropped."),
    FRAGMENT_TINY(
            2009,
            Severity.WARNING,
            "a fragment that is not the last has less than 48 bytes of data",
            "No link needs such fragments; they hide ports or payload from filters. Look at the packets of that address."),
    FRAGMENT_FLOOD(
            2010,
            Severity.WARNING,
            "a datagram had too many fragments, or there were too many incomplete datagrams",
            "The oldest were given up. Look for the address that sends them."),
    FRAGMENT_DUPLICATE(
            2011,
            Severity.INFO,
            "a fragment came again",
            "Nothing to do if the capture has packets twice (pairwire dedup); otherwise as for overlaps."),
    SEGMENT_CONTRADICTS(
            2012,
            Severity.WARNING,
            "a TCP segment came again with other bytes",
            "Somebody injects, or hides from observers: compare the two with pairwire read -X. --evasions finds more of them."),
    CHECKSUM_WRONG(
            2013,
            Severity.INFO,
            "a checksum is wrong, so that no host takes the packet",
            "Told with --evasions. If all packets of the capturing host are so, its network card computes them: ignore it."),
    PROTOCOL_THREW(
            3001,
            Severity.ERROR,
            "a protocol threw an exception on a payload",
            "A fault of the protocol: report it. It was switched off for the session."),
    PROTOCOL_TOOK_BACK(
            3002, Severity.INFO, "a protocol took its recognition back", "Nothing to do: the others were asked again."),
    PROTOCOL_UNKNOWN(
            3003,
            Severity.WARNING,
            "a protocol handed over to one that is not there",
            "Register the protocol, or correct the name."),
    SESSION_GIVEN_UP(
            4001,
            Severity.INFO,
            "no protocol recognised a session",
            "Nothing to do; if you know what it is, write a signature: docs/dpi.md."),
    EXPECTATION_LOST(
            4002,
            Severity.INFO,
            "an announced session could not be remembered",
            "Nothing to do: it will be recognised by itself if it can be."),
    INPUT_UNREADABLE(
            5001,
            Severity.ERROR,
            "an input could not be read, or is no capture of a known format",
            "The message says why; pairwire info tells what a file is, docs/formats.md lists what is read."),
    INPUT_CUT(
            5002,
            Severity.WARNING,
            "an input ends in the middle",
            "What came before is used. Whoever wrote it was stopped, or is still writing."),
    INPUT_DAMAGED(
            5003,
            Severity.WARNING,
            "an input contradicts its format",
            "What came before is used; --resync goes on behind it."),
    SIGNATURE_MALFORMED(
            6001,
            Severity.ERROR,
            "a line of a signature file is not understood",
            "Correct the line; docs/dpi.md tells the syntax."),
    HOST_TABLE_MALFORMED(
            6002,
            Severity.ERROR,
            "a line of a table of applications is not understood",
            "Correct the line; docs/dpi.md tells the syntax."),
    CONDITION_MALFORMED(
            6003,
            Severity.ERROR,
            "a condition on attributes is not understood",
            "Correct it; the message points at the place."),
    PLUG_IN_UNREADABLE(
            7001,
            Severity.ERROR,
            "a plug-in could not be loaded",
            "Look at the jar: it must list its protocols in META-INF/services/io.pairwire.dpi.Protocol."),
    PLUG_IN_DUPLICATE(
            7002,
            Severity.ERROR,
            "a plug-in brings a protocol whose name is taken",
            "Rename the protocol, or remove one of the jars."),
    PLUG_IN_THREW(
            7003,
            Severity.ERROR,
            "a plug-in threw an exception when it was asked what it is",
            "A fault of the plug-in: report it to its author."),
    PLUG_IN_PARENT(
            7004,
            Severity.ERROR,
            "a plug-in names a parent that is not there",
            "Bring the parent too, or correct its name.");

    /** How bad it is. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }

    private final int number;
    private final Severity severity;
    private final String text;
    private final String cure;

    ErrorCode(int number, Severity severity, String text, String cure) {
        this.number = number;
        this.severity = severity;
        this.text = text;
        this.cure = cure;
    }

    public int number() {
        return number;
    }

    public Severity severity() {
        return severity;
    }

    /** What went wrong, half a sentence. */
    public String text() {
        return text;
    }

    /** What is told with it, beside its count. */
    public String context() {
        return switch (number / 1000) {
            case 0 -> "nothing";
            case 1, 4 -> "the run";
            case 2 -> isEvasion() ? "the packet, to SessionListener.evasion" : "the run";
            case 3 -> "the run and the protocol";
            case 5 -> "file, offset, packets before it";
            case 6 -> "file and line, or place in the condition";
            default -> "jar or class, and what it threw";
        };
    }

    /** What to do about it. */
    public String cure() {
        return cure;
    }

    /** Is it something that is made to fool an observer, or looks like it? */
    public boolean isEvasion() {
        return switch (this) {
            case TIME_WENT_BACK,
                    FRAGMENT_OVERLAP,
                    FRAGMENT_TINY,
                    FRAGMENT_FLOOD,
                    FRAGMENT_DUPLICATE,
                    SEGMENT_CONTRADICTS,
                    CHECKSUM_WRONG -> true;
            default -> false;
        };
    }

    /** The error that a damage of an input is. */
    public static ErrorCode of(SourceStatistics.Damage damage) {
        return switch (damage.kind()) {
            case EMPTY, CUT_HEADER, CUT_RECORD, CUT_COMPRESSION -> INPUT_CUT;
            case OTHER -> damage.offset() < 0 ? INPUT_UNREADABLE : INPUT_DAMAGED;
            case BAD_MAGIC,
                    BAD_VERSION,
                    LENGTH_LIES,
                    BAD_TRAILER,
                    UNKNOWN_INTERFACE,
                    TOO_MANY,
                    OPTIONS_OVERRUN,
                    ZEROS,
                    BAD_COMPRESSION -> INPUT_DAMAGED;
        };
    }

    /** The category its number belongs to. */
    public String category() {
        return switch (number / 1000) {
            case 0 -> "none";
            case 1 -> "memory";
            case 2 -> "packet";
            case 3 -> "protocol";
            case 4 -> "session";
            case 5 -> "input";
            case 6 -> "configuration";
            default -> "plug-in";
        };
    }
}
