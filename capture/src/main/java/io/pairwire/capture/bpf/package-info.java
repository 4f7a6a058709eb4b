/**
 * Classic BPF as a plain value: what a filter hands to whoever runs it, a kernel, a capture library or the interpreter
 * here.
 *
 * <p>Knows instructions, their rules and their three texts. Knows nothing of expressions or of how programs are made.
 */
@NullMarked
package io.pairwire.capture.bpf;

import org.jspecify.annotations.NullMarked;
