package io.pairwire.engine.compare;

/** How much a difference matters to the two ends of the conversation, the worst first. */
public enum Severity {
    /** What arrived is not what was sent. */
    CRITICAL,
    /** Something was lost, added or rewritten. */
    HIGH,
    /** Something on the way changed the packets. */
    MEDIUM,
    /** The usual traces of a network. */
    LOW
}
