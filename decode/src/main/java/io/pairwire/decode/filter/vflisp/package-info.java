/**
 * VFLisp: filters as s-expressions, compiled to the intermediate form where its 32 bits are enough, to VFM otherwise.
 *
 * <p>Knows both forms and how fields are found; knows no target.
 */
@NullMarked
package io.pairwire.decode.filter.vflisp;

import org.jspecify.annotations.NullMarked;
