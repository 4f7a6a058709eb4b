/**
 * The headers of a packet as a tree, with the bytes of every field.
 *
 * <p>Each header is a table in a file of its own: names of fields, where they lie, how they look, and the standard that says
 * so. {@link io.pairwire.output.print.tree.HeaderTrees} lists them; a header without a table is printed as bytes.
 */
@NullMarked
package io.pairwire.output.print.tree;

import org.jspecify.annotations.NullMarked;
