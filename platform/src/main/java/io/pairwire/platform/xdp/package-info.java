/**
 * The kernel's side of AF_XDP: programs and maps of {@code bpf(2)}, links that hold a program on an interface, and sockets
 * whose rings and frames are mapped into this process.
 *
 * <p>Knows bytes of programs and positions of frames, nothing of packets; {@code live} makes a source and a sender of it. Linux
 * 5.9 or later, on x86-64, AArch64 and RISC-V.
 */
@NullMarked
package io.pairwire.platform.xdp;

import org.jspecify.annotations.NullMarked;
