/**
 * Programs of the Velocity Filter Machine: a stack of 64-bit numbers, read as bytes or as assembler text, checked, run.
 *
 * <p>Three manners, see {@link io.pairwire.decode.filter.vfm.VfmMode}. Knows no other language and not the intermediate form.
 */
@NullMarked
package io.pairwire.decode.filter.vfm;

import org.jspecify.annotations.NullMarked;
