/**
 * Floor 2: packets from the network, by packet sockets, BPF devices or libpcap, behind {@link io.pairwire.live.LiveSource}.
 *
 * <p>Knows the packet model and system calls. Does not know headers or filter languages: a filter comes in as a
 * {@link io.pairwire.live.LiveFilter}, a program for the kernel and a predicate for the rest.
 */
@NullMarked
package io.pairwire.live;

import org.jspecify.annotations.NullMarked;
