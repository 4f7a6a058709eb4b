/**
 * Conditions on packets and their fates, {@code latency>10ms and server=192.168.0.0/16}: a small language, read once and
 * asked for every packet.
 *
 * <p>Knows what became of packets; not what is done with those that are chosen.
 */
@NullMarked
package io.pairwire.engine.fate.condition;

import org.jspecify.annotations.NullMarked;
