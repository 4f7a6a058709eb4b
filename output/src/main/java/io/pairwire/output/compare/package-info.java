/**
 * How comparisons of captures are told: as text, as JSON, as a page, and as a capture of what differs.
 *
 * <p>Knows the reports of {@code engine.compare} and decides nothing.
 */
@NullMarked
package io.pairwire.output.compare;

import org.jspecify.annotations.NullMarked;
