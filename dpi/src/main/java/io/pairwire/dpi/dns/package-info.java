/** The domain name system: DNS over UDP and TCP, multicast DNS, LLMNR. */
@NullMarked
package io.pairwire.dpi.dns;

import org.jspecify.annotations.NullMarked;
