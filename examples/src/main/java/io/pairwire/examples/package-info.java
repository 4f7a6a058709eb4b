/**
 * Small programs that use the library, and one replacement of each part of the engine. Nothing here is part of the
 * library, and the build runs them all.
 */
@NullMarked
package io.pairwire.examples;

import org.jspecify.annotations.NullMarked;
