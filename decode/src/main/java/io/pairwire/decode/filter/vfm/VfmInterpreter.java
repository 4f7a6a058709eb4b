package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.filter.ir.FilterCode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link VfmProgram}. A packet is accepted if the program ends well and the low 32 bits of its result, with a sign, are
 * positive. Loads see the first 65,535 bytes of a packet.
 *
 * <p>Not thread-safe: it owns its stack and flow table. Allocates nothing for a packet.
 */
public final class VfmInterpreter implements FilterCode {
    /** What {@link #run} gives for a packet it accepts, bytes: all of it. */
    public static final int WHOLE_PACKET = 262_144;

    private static final int LONGEST_PACKET = 65_535;

    private final VfmOpcode[] opcodes;
    private final long[] operands;
    private final long[] lows;
    private final long[] stack;
    private final Fields fields;
    private final @Nullable VfmFlowTable flows;
    private final Packet packet = new Packet();
    private final long[] endings = new long[VfmStatus.values().length];
    private VfmStatus status = VfmStatus.DONE;
    private long value;

    /** Packets are Ethernet frames; the flow table, if one is needed, is of default size. */
    public VfmInterpreter(VfmProgram program, VfmMode mode) {
        this(program, mode, LinkType.ETHERNET, VfmFlowTable.DEFAULT_CAPACITY, new SplittableRandom().nextLong());
    }

    /**
     * @param linkType of the packets, a {@link LinkType} number; only {@link VfmMode#SOUND} looks at it
     * @param flowCapacity entries of the flow table, see {@link VfmFlowTable}; made only if the program uses it
     * @param flowSecret a random number for its hash
     * @throws IllegalArgumentException if fields are not known on this link type, and the program asks for some
     */
    public VfmInterpreter(VfmProgram program, VfmMode mode, int linkType, int flowCapacity, long flowSecret) {
        List<VfmInstruction> instructions = program.instructions();
        int length = instructions.size();
        opcodes = new VfmOpcode[length];
        operands = new long[length];
        lows = new long[length];
        boolean asks = false;
        for (int i = 0; i < length; i++) {
            opcodes[i] = instructions.get(i).opcode();
            operands[i] = instructions.get(i).operand();
            lows[i] = instructions.get(i).low();
            asks |= switch (opcodes[i]) {
                case IPV6_EXT, IP_VER, HASH5, HASH6 -> true;
                default -> false;
            };
        }
        stack = new long[program.deepest() + 1];
        fields = mode == VfmMode.SOUND ? new SoundFields(asks ? linkType : LinkType.ETHERNET) : new CompatFields();
        flows = program.usesFlowTable() ? new VfmFlowTable(flowCapacity, flowSecret) : null;
    }

    /** How the last run ended. */
    public VfmStatus status() {
        return status;
    }

    /** What the last run returned, if it ended well. */
    public long value() {
        return value;
    }

    /** Packets whose run ended so. */
    public long count(VfmStatus ending) {
        return endings[ending.ordinal()];
    }

    @Override
    public int run(MemorySegment memory, long start, int captured, int original) {
        packet.moveTo(memory, start, captured, original, 0);
        int length = Math.min(captured, LONGEST_PACKET);
        fields.moveTo(packet, length);
        if (flows != null) flows.tick();
        value = 0;
        status = execute(length);
        endings[status.ordinal()]++;
        return status == VfmStatus.DONE && (int) value > 0 ? WHOLE_PACKET : 0;
    }

    /** The stack grows upwards; {@code top} is the first free place. */
    private VfmStatus execute(int length) {
        long[] s = stack;
        int top = 0;
        int at = 0;
        for (int executed = 0; executed < VfmProgram.BUDGET; executed++) {
            VfmOpcode opcode = opcodes[at];
            long operand = operands[at++];
            switch (opcode) {
                case LD8, LD16, LD32, LD64, LD128 -> {
                    int offset = (int) operand;
                    if (length - offset < opcode.loads()) return VfmStatus.OUT_OF_BOUNDS;
                    if (opcode == VfmOpcode.LD128) s[top++] = packet.u64(offset);
                    s[top++] = load(opcode, offset);
                }
                case PUSH -> s[top++] = operand;
                case PUSH128 -> {
                    s[top++] = operand;
                    s[top++] = lows[at - 1];
                }
                case POP -> top--;
                case DUP -> {
                    s[top] = s[top - 1];
                    top++;
                }
                case SWAP -> {
                    long swapped = s[top - 1];
                    s[top - 1] = s[top - 2];
                    s[top - 2] = swapped;
                }
                case DIV, MOD -> {
                    long divisor = s[--top];
                    if (divisor == 0) return VfmStatus.DIVISION_BY_ZERO;
                    long dividend = s[top - 1];
                    s[top - 1] = opcode == VfmOpcode.DIV
                            ? Long.divideUnsigned(dividend, divisor)
                            : Long.remainderUnsigned(dividend, divisor);
                }
                case ADD, SUB, MUL, AND, OR, XOR, SHL, SHR -> {
                    top--;
                    s[top - 1] = computed(opcode, s[top - 1], s[top]);
                }
                case NOT -> s[top - 1] = ~s[top - 1];
                case NEG -> s[top - 1] = -s[top - 1];
                case JMP -> at = (int) operand;
                case JEQ, JNE, JGT, JLT, JGE, JLE -> {
                    top -= 2;
                    if (holds(opcode, Long.compareUnsigned(s[top], s[top + 1]))) at = (int) operand;
                }
                case EQ, NE, GT, LT, GE, LE -> {
                    top--;
                    s[top - 1] = holds(opcode, Long.compareUnsigned(s[top - 1], s[top])) ? 1 : 0;
                }
                case JEQ128, JNE128, JGT128, JLT128, JGE128, JLE128 -> {
                    top -= 4;
                    if (holds(opcode, compareWide(s, top))) at = (int) operand;
                }
                case EQ128, NE128, GT128, LT128, GE128, LE128 -> {
                    top -= 3;
                    s[top - 1] = holds(opcode, compareWide(s, top - 1)) ? 1 : 0;
                }
                case AND128, OR128, XOR128 -> {
                    top -= 2;
                    s[top - 2] = computed(opcode, s[top - 2], s[top]);
                    s[top - 1] = computed(opcode, s[top - 1], s[top + 1]);
                }
                case IP_VER -> s[top++] = fields.version();
                case IPV6_EXT -> s[top++] = fields.field((int) operand);
                case HASH5 -> s[top++] = fields.hash5();
                case HASH6 -> s[top++] = fields.hash6();
                case CSUM, PARSE -> s[top++] = 1;
                case FLOW_LOAD -> {
                    if (flows != null) s[top - 1] = flows.load(s[top - 1]);
                }
                case FLOW_STORE -> {
                    top -= 2;
                    if (flows != null) flows.store(s[top], s[top + 1]);
                }
                case RET -> {
                    value = s[top - 1];
                    return VfmStatus.DONE;
                }
            }
            if (fields.isOutside()) return VfmStatus.OUT_OF_BOUNDS;
        }
        return VfmStatus.OVER_BUDGET;
    }

    private long load(VfmOpcode opcode, int offset) {
        return switch (opcode) {
            case LD8 -> packet.u8(offset);
            case LD16 -> packet.u16(offset);
            case LD32 -> packet.u32(offset) & 0xffff_ffffL;
            case LD64 -> packet.u64(offset);
            default -> packet.u64(offset + 8);
        };
    }

    private static long computed(VfmOpcode opcode, long left, long right) {
        return switch (opcode) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case AND, AND128 -> left & right;
            case OR, OR128 -> left | right;
            case SHL -> left << right; // by the low six bits
            case SHR -> left >>> right;
            default -> left ^ right;
        };
    }

    private static int compareWide(long[] s, int at) {
        int high = Long.compareUnsigned(s[at], s[at + 2]);
        return high != 0 ? high : Long.compareUnsigned(s[at + 1], s[at + 3]);
    }

    private static boolean holds(VfmOpcode opcode, int order) {
        return switch (opcode) {
            case EQ, JEQ, EQ128, JEQ128 -> order == 0;
            case NE, JNE, NE128, JNE128 -> order != 0;
            case GT, JGT, GT128, JGT128 -> order > 0;
            case LT, JLT, LT128, JLT128 -> order < 0;
            case GE, JGE, GE128, JGE128 -> order >= 0;
            default -> order <= 0;
        };
    }
}
