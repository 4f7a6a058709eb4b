/**
 * The language of pcap-filter(7): text, expression, conditions on a packet of one link type.
 *
 * <p>A test of ours reads what libpcap's reads, in its order, so that cut packets get the same verdict too. Knows the
 * intermediate form; looks no name up but ports and protocols.
 */
@NullMarked
package io.pairwire.decode.filter.pcap;

import org.jspecify.annotations.NullMarked;
