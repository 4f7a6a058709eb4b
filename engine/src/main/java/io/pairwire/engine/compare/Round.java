package io.pairwire.engine.compare;

/**
 * In what order packets without partner are looked at again, each time with less that has to agree. A round sees what the
 * rounds before it left.
 */
enum Round {
    /** Anything but addresses, ports, sequence number and payload may differ. */
    HEADER,
    /** The payload may differ, not its length nor its place. */
    PAYLOAD,
    /** The sequence number may differ. */
    SEQUENCE,
    /** Addresses and ports may differ. */
    ENDPOINTS,
    /** The length may differ. */
    LENGTH
}
