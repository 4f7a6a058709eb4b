/** HTTP/2 in the clear: frames and compressed headers. */
@NullMarked
package io.pairwire.dpi.http2;

import org.jspecify.annotations.NullMarked;
