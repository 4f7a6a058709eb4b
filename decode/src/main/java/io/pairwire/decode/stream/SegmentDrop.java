package io.pairwire.decode.stream;

/** Why captured payload of TCP is not handed over, though no other copy of it was. */
public enum SegmentDrop {
    /** It is from before the place where the stream was picked up. */
    BEFORE_START,
    /** It is behind the end of the stream. */
    AFTER_END,
    /** It is farther from what is expected than the window allows. */
    OUT_OF_WINDOW,
    /** It could not wait: no chunk was left for it. */
    NO_ROOM,
    /** It belongs to a connection whose beginning was not seen, and such are not wanted. */
    NOT_PICKED_UP,
    /** It is urgent, and urgent data are left out. */
    URGENT,
    /** The handler threw while its segment was being handed over. */
    HANDLER_FAILED
}
