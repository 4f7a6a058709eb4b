/**
 * What became of every single packet: noted while an engine runs, 24 bytes a packet, on disk where they are many; then
 * looked up while the inputs are read a second time, when addresses and bytes are at hand again.
 *
 * <p>Knows engine, stores and captures; not how reports look.
 */
@NullMarked
package io.pairwire.engine.fate;

import org.jspecify.annotations.NullMarked;
