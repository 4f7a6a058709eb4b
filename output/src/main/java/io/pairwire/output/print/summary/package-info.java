/**
 * One line a packet, in the words of tcpdump: {@link io.pairwire.output.print.summary.SummaryPrinter} goes from header to
 * header, one class for each family of them.
 *
 * <p>Unlike the decoder it also goes into what cannot be right, to say what is wrong there, and it never fails.
 */
@NullMarked
package io.pairwire.output.print.summary;

import org.jspecify.annotations.NullMarked;
