package io.pairwire.live;

import io.pairwire.capture.Packet;
import io.pairwire.capture.bpf.BpfProgram;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which packets are wanted, for one link type. The kernel refuses most of what is not; the exact predicate decides wherever the
 * kernel's program cannot: for packets whose VLAN tag the card took off, and behind headers that the kernel does not see.
 *
 * @param kernel passes at least what is wanted; empty if the kernel is to pass everything
 * @param kernelIsExact whether the program passes only what is wanted
 * @param exact asked on the thread that polls, for the whole packet as it is handed over
 * @param text for people, and for the description of the interface in a capture file; may be empty
 */
public record LiveFilter(Optional<BpfProgram> kernel, boolean kernelIsExact, Predicate<Packet> exact, String text) {
    /** Every packet is wanted. */
    public static final LiveFilter EVERYTHING = new LiveFilter(Optional.empty(), true, _ -> true, "");

    public LiveFilter {
        if (kernel.isPresent()) {
            String objection = kernel.get().kernelObjection();
            if (!objection.isEmpty()) throw new IllegalArgumentException("not for a kernel: " + objection);
        }
    }

    /** Refuses all in our own process, after the kernel has passed everything. */
    public static LiveFilter of(Predicate<Packet> exact, String text) {
        return new LiveFilter(Optional.empty(), false, exact, text);
    }
}
