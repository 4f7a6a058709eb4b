package io.pairwire.engine.compare;

/** Any bytes as a packet; {@code missing} bytes were on the wire and not captured. */
record RawPacket(int linkType, long time, int missing, byte[] bytes) {}
