package io.pairwire.decode.stream;

/**
 * How far one side of a connection was followed by somebody else, for {@link TcpReassembler#resume}.
 *
 * @param begun was anything seen of it? If not, the rest means nothing
 * @param nextSequence of the byte that is wanted next
 * @param delivered bytes before it
 * @param synSeen was its SYN seen?
 */
public record StreamPlace(boolean begun, int nextSequence, long delivered, boolean synSeen) {
    /** Nothing was seen of it. */
    public static final StreamPlace UNSEEN = new StreamPlace(false, 0, 0, false);

    public StreamPlace {
        if (delivered < 0) throw new IllegalArgumentException("delivered is negative: " + delivered);
    }
}
