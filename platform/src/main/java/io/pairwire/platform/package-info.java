/**
 * Floor 1: what the operating system is asked for. C functions by {@link java.lang.foreign.Linker}, {@code errno} always
 * captured with the call, errors as {@link io.pairwire.platform.SystemCallException}.
 *
 * <p>Knows nothing of packets or pools: it hands out descriptors, mapped memory and numbers, and programs wire them to those
 * who need them. Needs {@code --enable-native-access}.
 */
@NullMarked
package io.pairwire.platform;

import org.jspecify.annotations.NullMarked;
