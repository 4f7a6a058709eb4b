/** Classic BPF to and from the intermediate form. Knows no language and no JVM bytecode. */
@NullMarked
package io.pairwire.decode.filter.bpf;

import org.jspecify.annotations.NullMarked;
