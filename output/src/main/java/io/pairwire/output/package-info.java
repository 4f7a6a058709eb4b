/**
 * Floor 6: how results and statistics look. Text, CSV and JSON lines of pairs, statistics as JSON and as Prometheus
 * text, the summary for people, histograms, and the files all of this goes to.
 *
 * <p>Knows formats and destinations; what was matched, and when, is the business of the engine below.
 */
@NullMarked
package io.pairwire.output;

import org.jspecify.annotations.NullMarked;
