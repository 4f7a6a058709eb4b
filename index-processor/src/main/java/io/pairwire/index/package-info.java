/**
 * Lists at compile time what is marked as built in, so that the service loader finds it at run time. Knows nothing of the
 * house but the names of one annotation and one interface.
 */
@NullMarked
package io.pairwire.index;

import org.jspecify.annotations.NullMarked;
