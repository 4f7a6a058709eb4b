package io.pairwire.live;

import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter for Linux cooked packets (version 2) as the kernel can run it, whose packets there begin behind that header: loads from
 * behind it move to the front, and what the header will say is asked beside the packet, {@code linux/filter.h}.
 *
 * <p>Only where the answer is the same for every packet. A load at a place that is computed moves only if that place cannot lie in
 * front of its constant, so if the index register holds nothing but small numbers.
 */
final class CookedProgram {
    private static final int BESIDE = -0x1000;
    private static final int PROTOCOL = BESIDE;
    private static final int PACKET_TYPE = BESIDE + 4;
    private static final int INTERFACE = BESIDE + 8;
    private static final int HARDWARE_TYPE = BESIDE + 28;

    private static final int PROTOCOL_AT = 0;
    private static final int INTERFACE_AT = 4;
    private static final int HARDWARE_TYPE_AT = 8;
    private static final int PACKET_TYPE_AT = 10;

    private static final int CLASS = 0x07;
    private static final int SIZE = 0x18;
    private static final int MODE = 0xe0;
    private static final int OPERATION = 0xf0;
    private static final int SMALL = 0xffff;
    private static final int SMALL_SHIFT = 8;

    private static final int TO_INDEX = Bpf.MISC | Bpf.TAX;
    private static final int AND = Bpf.ALU | Bpf.AND | Bpf.K;
    private static final int SHIFT_LEFT = Bpf.ALU | Bpf.LSH | Bpf.K;

    private final List<BpfInstruction> program;

    private CookedProgram(List<BpfInstruction> program) {
        this.program = program;
    }

    /** The same filter for the kernel; empty if it would not be the same. */
    static Optional<BpfProgram> of(BpfProgram program) {
        return new CookedProgram(program.instructions()).moved();
    }

    private Optional<BpfProgram> moved() {
        boolean indexIsSmall = indexIsSmall();
        var moved = new ArrayList<BpfInstruction>(program.size());
        for (BpfInstruction instruction : program) {
            Optional<BpfInstruction> one = moved(instruction, indexIsSmall);
            if (one.isEmpty()) return Optional.empty();
            moved.add(one.get());
        }
        return Optional.of(new BpfProgram(moved));
    }

    private static Optional<BpfInstruction> moved(BpfInstruction instruction, boolean indexIsSmall) {
        int kind = instruction.code() & CLASS;
        if (kind != Bpf.LD && kind != Bpf.LDX) return Optional.of(instruction);
        int k = instruction.k();
        return switch (instruction.code() & MODE) {
            case Bpf.IMM, Bpf.MEM -> Optional.of(instruction);
            case Bpf.ABS -> k >= CookedHeader.LENGTH ? Optional.of(behind(instruction)) : beside(instruction);
            case Bpf.MSH -> k >= CookedHeader.LENGTH ? Optional.of(behind(instruction)) : Optional.empty();
            case Bpf.IND ->
                k >= CookedHeader.LENGTH && indexIsSmall ? Optional.of(behind(instruction)) : Optional.empty();
            default -> Optional.empty(); // the length of the packet, which is another one there
        };
    }

    private static BpfInstruction behind(BpfInstruction instruction) {
        return BpfInstruction.of(instruction.code(), instruction.k() - CookedHeader.LENGTH);
    }

    private static Optional<BpfInstruction> beside(BpfInstruction instruction) {
        int size = instruction.code() & SIZE;
        int place = instruction.k();
        int beside;
        if (place == PROTOCOL_AT && size == Bpf.H) beside = PROTOCOL;
        else if (place == INTERFACE_AT && size == Bpf.W) beside = INTERFACE;
        else if (place == HARDWARE_TYPE_AT && size == Bpf.H) beside = HARDWARE_TYPE;
        else if (place == PACKET_TYPE_AT && size == Bpf.B) beside = PACKET_TYPE;
        else return Optional.empty();
        return Optional.of(
                BpfInstruction.of(Bpf.LD | Bpf.W | Bpf.ABS, beside)); // a whole number, whatever its width there
    }

    /** Is whatever comes into the index register below 2^24? */
    private boolean indexIsSmall() {
        for (int i = 0; i < program.size(); i++) {
            BpfInstruction instruction = program.get(i);
            if (instruction.code() == TO_INDEX && !isSmallBefore(i)) return false;
            if ((instruction.code() & CLASS) != Bpf.LDX) continue;
            boolean small = switch (instruction.code() & MODE) {
                case Bpf.MSH -> true;
                case Bpf.IMM -> isUpTo(instruction.k(), SMALL);
                case Bpf.MEM -> isSmallInScratch(instruction.k());
                default -> false;
            };
            if (!small) return false;
        }
        return true;
    }

    /** Is whatever is put into that place of the scratch memory a small number? What comes from the index register is one anyway. */
    private boolean isSmallInScratch(int place) {
        for (int i = 0; i < program.size(); i++) {
            BpfInstruction instruction = program.get(i);
            boolean stores = (instruction.code() & CLASS) == Bpf.ST && instruction.k() == place;
            if (stores && !isSmallBefore(i)) return false;
        }
        return true;
    }

    /** Does the accumulator hold a small number when instruction {@code end} begins, however it is reached? */
    private boolean isSmallBefore(int end) {
        int at = beforeStores(end - 1);
        if (at >= 0
                && program.get(at).code() == SHIFT_LEFT
                && isUpTo(program.get(at).k(), SMALL_SHIFT)) {
            at = beforeStores(at - 1);
        }
        if (at < 0) return false;
        BpfInstruction source = program.get(at);
        boolean masked = source.code() == AND && isUpTo(source.k(), SMALL);
        boolean load = (source.code() & CLASS) == Bpf.LD && (source.code() & MODE) != Bpf.MEM;
        boolean narrow = load && (source.code() & SIZE) != Bpf.W;
        return (masked || narrow) && !isJumpedInto(at + 1, end);
    }

    /** The last instruction up to {@code at} that is not a store, which leaves the accumulator as it is; -1 for none. */
    private int beforeStores(int at) {
        int last = at;
        while (last >= 0 && isStore(program.get(last))) last--;
        return last;
    }

    private static boolean isStore(BpfInstruction instruction) {
        int kind = instruction.code() & CLASS;
        return kind == Bpf.ST || kind == Bpf.STX;
    }

    private static boolean isUpTo(int number, int most) {
        return number >= 0 && number <= most;
    }

    /** Does a jump lead to one of the instructions {@code from} to {@code to}? */
    private boolean isJumpedInto(int from, int to) {
        for (int i = 0; i < to; i++) {
            BpfInstruction instruction = program.get(i);
            if ((instruction.code() & CLASS) != Bpf.JMP) continue;
            if ((instruction.code() & OPERATION) == Bpf.JA) {
                if (isBetween(i + 1 + (long) instruction.k(), from, to)) return true;
            } else if (isBetween(i + 1L + instruction.jt(), from, to)
                    || isBetween(i + 1L + instruction.jf(), from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBetween(long place, int from, int to) {
        return place >= from && place <= to;
    }
}
