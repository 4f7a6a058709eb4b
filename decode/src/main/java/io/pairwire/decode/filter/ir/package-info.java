/**
 * What every filter becomes: blocks of operations on unsigned 32-bit numbers, checked, improved and run.
 *
 * <p>One failure rule: a load outside the captured bytes and a division by zero end the program with 0, as in BPF. Knows no
 * language and no target; those are neighbours.
 */
@NullMarked
package io.pairwire.decode.filter.ir;

import org.jspecify.annotations.NullMarked;
