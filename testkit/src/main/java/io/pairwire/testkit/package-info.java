/**
 * What the tests of the upper floors share: captures with known answers, a reference of the pairing rules, random
 * captures, allocation gates.
 *
 * <p>Knows how to write captures and what they contain, nothing of the engine it helps to test. Never published.
 */
@NullMarked
package io.pairwire.testkit;

import org.jspecify.annotations.NullMarked;
