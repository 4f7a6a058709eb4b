/** The intermediate form as eBPF, for sockets and for XDP. Knows no language; what the kernel cannot do is refused with a reason. */
@NullMarked
package io.pairwire.decode.filter.ebpf;

import org.jspecify.annotations.NullMarked;
