/** Sessions as text, CSV, JSON lines and in the columns of Zeek's {@code conn.log}. Does not know where they come from. */
@NullMarked
package io.pairwire.output.flows;

import org.jspecify.annotations.NullMarked;
