/**
 * Indexes of captures above decoding: to which flow a packet belongs, which flows a filter can accept, and so which packets of
 * an indexed file need not be read. Knows the file of an index only through {@code capture.index}, and no command.
 */
@NullMarked
package io.pairwire.engine.index;

import org.jspecify.annotations.NullMarked;
