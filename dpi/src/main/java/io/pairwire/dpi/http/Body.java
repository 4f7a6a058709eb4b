package io.pairwire.dpi.http;

import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.FileReceiver;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import java.util.Optional;

/** The content of one message on its way to whoever wants files: what is left of it, or of its chunk at hand. */
final class Body {
    private static final int LONGEST_NAME = 1024;

    private final FileReceiver receiver;
    private long left;

    private Body(FileReceiver receiver, long left) {
        this.receiver = receiver;
        this.left = left;
    }

    /**
     * Asks whether anybody wants the content behind this head.
     *
     * @param target of the request, for a name
     * @param length of the content, or {@link Long#MAX_VALUE} to the end of the connection; what is left of a chunked one at first is 0
     * @param announced the same as it was said, or -1
     */
    static Optional<Body> wanted(
            Payload payload, HttpHead head, String target, long length, long announced, Findings findings) {
        var file = new CarriedFile(
                "http",
                name(head, target),
                head.field("content-type").orElse(""),
                head.field("content-encoding").orElse(""),
                announced,
                payload.direction());
        return findings.file(file).map(receiver -> new Body(receiver, length));
    }

    /** RFC 6266 without its extended form; else the last word of the path. */
    private static String name(HttpHead head, String target) {
        String disposition = head.field("content-disposition").orElse("");
        int at = disposition.indexOf("filename=");
        if (at >= 0) {
            String value = disposition.substring(at + 9);
            int end = value.startsWith("\"") ? value.indexOf('"', 1) : value.indexOf(';');
            int begin = value.startsWith("\"") ? 1 : 0;
            return shortened(end < begin ? value.substring(begin) : value.substring(begin, end));
        }
        int end = 0;
        while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') end++;
        return shortened(target.substring(target.lastIndexOf('/', end - 1) + 1, end));
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** So many bytes follow: those of the next chunk. */
    void expect(long length) {
        left = length;
    }

    boolean isEmpty() {
        return left == 0;
    }

    /** Hands over what is there of it, and answers how many bytes that was. */
    int take(Payload payload) {
        int length = (int) Math.min(left, payload.length());
        if (length > 0) receiver.bytes(payload.memory(), payload.start(), length);
        left -= length;
        return length;
    }

    /** Bytes are missing; false if they were more than what was left, so that nobody knows what comes. */
    boolean gap(long length) {
        receiver.gap(Math.min(length, left));
        boolean inside = length <= left;
        left = inside ? left - length : 0;
        return inside;
    }

    void ends() {
        receiver.ends();
    }
}
