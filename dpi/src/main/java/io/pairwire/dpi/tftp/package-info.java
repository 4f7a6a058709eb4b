/** The trivial file transfer protocol, whose answers come from a port of their own. */
@NullMarked
package io.pairwire.dpi.tftp;

import org.jspecify.annotations.NullMarked;
