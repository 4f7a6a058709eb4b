package io.pairwire.decode.stream;

/**
 * What becomes of urgent data (RFC 9293 §3.8.5, RFC 6093): of the one byte before the place the urgent pointer shows, which
 * is what hosts take for urgent.
 */
public enum UrgentPolicy {
    /** It stays in the stream, as RFC 6093 wants it. */
    INLINE,
    /** It is left out, as sockets do unless {@code SO_OOBINLINE} is set. It still takes its place in the offsets. */
    LEAVE_OUT
}
