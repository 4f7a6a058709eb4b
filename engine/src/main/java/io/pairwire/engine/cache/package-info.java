/**
 * Results that need not be worked out again: in memory, and on disk for the next process. A key tells the content of the
 * files, what was done to them, how, and by which version of it; so a result is never one of something else. Knows bytes and
 * keys, not what they mean.
 */
@NullMarked
package io.pairwire.engine.cache;

import org.jspecify.annotations.NullMarked;
