/**
 * What an analysis found, as text for a terminal, as JSON, and as a page for a browser.
 *
 * <p>Knows how a {@link io.pairwire.engine.analyse.CaptureReport} looks; what is in it, and what it means, is the business of the
 * engine below.
 */
@NullMarked
package io.pairwire.output.analysis;

import org.jspecify.annotations.NullMarked;
