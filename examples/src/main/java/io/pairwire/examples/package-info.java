/**
 * Small programs that use the library, and one replacement of each part of the engine. Nothing here is part of the
 * library; each class is short enough to be read on one screen, and the build runs them all.
 */
@NullMarked
package io.pairwire.examples;

import org.jspecify.annotations.NullMarked;
