/**
 * Latencies in parts: by kind, server or client network, and by interval of event time, with the packets that found no
 * partner counted beside them.
 *
 * <p>Knows results and what the store gives up; not how either is printed. Everything is bounded, and what goes beyond a
 * bound is gathered in one part of its own and counted.
 */
@NullMarked
package io.pairwire.engine.series;

import org.jspecify.annotations.NullMarked;
