/**
 * Conditions on what is known of a session, compiled once from text. Knows sessions and attributes, not who finds them.
 */
@NullMarked
package io.pairwire.dpi.condition;

import org.jspecify.annotations.NullMarked;
