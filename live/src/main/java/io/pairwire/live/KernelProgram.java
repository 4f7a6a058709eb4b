package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel of Linux runs for each packet at a packet socket: is it the right direction, is it wanted, and how much of it.
 *
 * <p>A card may have taken the VLAN tag off before the program sees the packet, so that offsets behind it are wrong; packets
 * with a tag are passed, and the exact filter decides when the tag is back. Loads from {@code SKF_AD_OFF} on ask for what
 * stands beside the packet, {@code linux/filter.h}.
 */
final class KernelProgram {
    /** Refuses everything. */
    static final List<BpfInstruction> NOTHING = List.of(BpfInstruction.of(Bpf.RET, 0));

    private static final int BESIDE = -0x1000;
    private static final int PACKET_TYPE = BESIDE + 4;
    private static final int INTERFACE = BESIDE + 8;
    private static final int VLAN_PRESENT = BESIDE + 48;
    private static final int OUTGOING = 4;

    private static final int LOAD = Bpf.LD | Bpf.W | Bpf.ABS;
    private static final int IF_EQUAL = Bpf.JMP | Bpf.JEQ | Bpf.K;
    private static final int RETURN = Bpf.RET | Bpf.K;
    private static final int RETURN_A = Bpf.RET | Bpf.A;

    private KernelProgram() {}

    /**
     * @param wanted the part of the filter for the kernel, for the bytes that the socket shows
     * @param snaplen bytes that are left of a packet that is wanted
     * @param loopback the index of an interface that shows all packets twice, coming and going; 0 if there is none
     * @param any whether packets of several interfaces come
     */
    static List<BpfInstruction> of(
            Optional<BpfProgram> wanted, int linkType, int snaplen, Direction direction, int loopback, boolean any) {
        var program = new ArrayList<BpfInstruction>();
        if (direction == Direction.OUT) {
            program.add(BpfInstruction.of(LOAD, PACKET_TYPE));
            program.add(new BpfInstruction(IF_EQUAL, 1, 0, OUTGOING));
            program.add(BpfInstruction.of(RETURN, 0));
        } else if (direction == Direction.IN || loopback != 0 && !any) {
            refuseOutgoing(program);
        } else if (loopback != 0) {
            program.add(BpfInstruction.of(LOAD, INTERFACE));
            program.add(new BpfInstruction(IF_EQUAL, 0, 3, loopback));
            refuseOutgoing(program);
        }
        if (wanted.isEmpty()) {
            program.add(BpfInstruction.of(RETURN, snaplen));
            return program;
        }
        if (linkType == LinkType.ETHERNET || linkType == LinkType.LINUX_SLL2) {
            program.add(BpfInstruction.of(LOAD, VLAN_PRESENT));
            program.add(new BpfInstruction(IF_EQUAL, 1, 0, 0));
            program.add(BpfInstruction.of(RETURN, LiveSettings.LONGEST_SNAPLEN));
        }
        program.add(BpfInstruction.of(Bpf.LD | Bpf.IMM, 0)); // as it is at the beginning of a program
        for (BpfInstruction instruction : wanted.get().instructions()) program.add(cut(instruction, snaplen));
        return program;
    }

    private static void refuseOutgoing(List<BpfInstruction> program) {
        program.add(BpfInstruction.of(LOAD, PACKET_TYPE));
        program.add(new BpfInstruction(IF_EQUAL, 0, 1, OUTGOING));
        program.add(BpfInstruction.of(RETURN, 0));
    }

    static BpfInstruction cut(BpfInstruction instruction, int snaplen) {
        if (instruction.code() == RETURN_A) return instruction; // cut again where it is handed over
        boolean passes = instruction.code() == RETURN && instruction.k() != 0;
        return passes ? BpfInstruction.of(RETURN, snaplen) : instruction;
    }
}
