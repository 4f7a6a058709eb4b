/**
 * What each part costs, by JMH, and a few whole passes in a warm JVM. {@code benchmarks/run.sh} runs them beside other
 * programs and writes {@code docs/benchmarks.md}.
 */
@NullMarked
package io.pairwire.benchmarks;

import org.jspecify.annotations.NullMarked;
