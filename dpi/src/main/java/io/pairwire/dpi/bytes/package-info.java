/**
 * Bytes that a stranger sent, read with care: a cursor that cannot leave its range, and never throws over what it finds.
 */
@NullMarked
package io.pairwire.dpi.bytes;

import org.jspecify.annotations.NullMarked;
