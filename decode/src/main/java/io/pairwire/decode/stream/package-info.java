/**
 * From pieces to wholes: fragments of IP back to datagrams, segments of TCP back to streams of bytes.
 *
 * <p>The one part of this floor with a memory: bounded in bytes, datagrams, connections and time, and every byte and
 * fragment that it does not hand on is counted under a reason. Knows packets and their layers, and no protocol above TCP.
 * Time is that of the packets. Nothing here is thread-safe; shards have instances of their own.
 */
@NullMarked
package io.pairwire.decode.stream;

import org.jspecify.annotations.NullMarked;
