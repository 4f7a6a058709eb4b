/**
 * Filters: an expression or a program of classic BPF becomes something that looks at packets.
 *
 * <p>{@link io.pairwire.decode.filter.Filter} is for one link type, {@link io.pairwire.decode.filter.PacketFilter} for any. One
 * form lies in between (package {@code ir}), so languages and targets do not know each other.
 */
@NullMarked
package io.pairwire.decode.filter;

import org.jspecify.annotations.NullMarked;
