/**
 * Batches: the same job over many files, shared by machines that have nothing in common but a plan. A plan is a file, the
 * results are files, and what is merged in the end does not depend on who did which part, in which order, or how often
 * somebody was interrupted. Knows no command: a job is a list of words.
 */
@NullMarked
package io.pairwire.engine.batch;

import org.jspecify.annotations.NullMarked;
