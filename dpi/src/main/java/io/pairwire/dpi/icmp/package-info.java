/** What IP carries besides transports and is known by its number: the control messages of both versions of IP. */
@NullMarked
package io.pairwire.dpi.icmp;

import org.jspecify.annotations.NullMarked;
