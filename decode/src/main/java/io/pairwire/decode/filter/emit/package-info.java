/**
 * Filters as bytecode of the JVM: a hidden class for each, which goes when its filter goes.
 *
 * <p>Knows the intermediate form and the class-file API, no language. What it makes reads memory through checked accessors
 * only.
 */
@NullMarked
package io.pairwire.decode.filter.emit;

import org.jspecify.annotations.NullMarked;
