package io.pairwire.decode.filter.ir;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Runs an {@link IrProgram} step by step: the reference, and what runs where a program is too large to become bytecode.
 *
 * <p>Not thread-safe: it owns its registers.
 */
public final class IrInterpreter implements FilterCode {
    /*
     * A step is four longs, all steps lie one after the other in an array, and a way on is the place of a step. A constant operand has
     * a register of its own behind those of the program, so that every operand is a register.
     *
     * To find the next step costs more than to do it. Therefore what filters mostly consist of is one step: ASK loads eight bytes that
     * end with the field, and compares what a mask leaves of them; it does without a register, since to load again is cheaper.
     * ASK_BEHIND does so with a port behind an IPv4 header, whose length it looks up. Both ways on are jumps in the code as well: were
     * the next step chosen without one, the processor could not begin with it before it knows the packet's bytes.
     *
     *                first            second       third          fourth
     *   ASK          kind, end        mask         value          yes, no
     *   ASK_BEHIND   kind, end of     offset       value          yes, no
     *                the length byte
     *   COMPARE      kind, which      left         right          yes, no
     *   JUMP         kind                                         next
     *   LOAD         kind, width      target       base           offset
     *   COMPUTE      kind, operator   target       left           right
     *   others       kind             target       source
     */
    static final int STEP = 4;

    static final int ASK = 0;
    static final int ASK_BEHIND = 1;
    static final int RETURN = 2;
    static final int COMPARE = 3;
    static final int LOAD = 4;
    static final int COMPUTE = 5;
    static final int MOVE = 6;
    static final int LENGTH = 7;
    static final int JUMP = 8;

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final Operator[] OPERATORS = Operator.values();
    private static final Comparison[] COMPARISONS = Comparison.values();

    private final long[] steps;
    private final int[] registers;
    /** Registers, from the first, that may be read before they are written, and are zero then. */
    private final int cleared;

    public IrInterpreter(IrProgram program) {
        var layout = new Steps(program);
        steps = layout.steps();
        registers = layout.registers();
        cleared = layout.cleared();
    }

    @Override
    public int run(MemorySegment memory, long start, int captured, int original) {
        long[] s = steps;
        int[] r = registers;
        if (cleared > 0) Arrays.fill(r, 0, cleared, 0);
        int waysBack = 0;
        int at = 0;
        while (true) {
            int kind = (int) s[at];
            int detail = (int) (s[at] >>> 32);
            switch (kind) {
                case ASK -> {
                    if (captured < detail) return 0;
                    long place = start + Math.max(detail, 8) - 8;
                    long bytes = captured >= 8 ? memory.get(U64, place) : few(memory, start, captured);
                    if ((bytes & s[at + 1]) == s[at + 2]) {
                        at = (int) s[at + 3];
                        continue;
                    }
                    at = (int) (s[at + 3] >>> 32);
                    continue;
                }
                case ASK_BEHIND -> {
                    if (captured < detail) return 0;
                    int place = ((memory.get(U8, start + detail - 1) & 0xf) << 2) + (int) s[at + 1];
                    if (captured - place < 2) return 0;
                    if ((memory.get(U16, start + place) & 0xffff) == s[at + 2]) {
                        at = (int) s[at + 3];
                        continue;
                    }
                    at = (int) (s[at + 3] >>> 32);
                    continue;
                }
                case RETURN -> {
                    return r[(int) s[at + 2]];
                }
                case COMPARE -> {
                    boolean holds = COMPARISONS[detail].holds(r[(int) s[at + 1]], r[(int) s[at + 2]]);
                    int next = (int) (holds ? s[at + 3] : s[at + 3] >>> 32);
                    if (next <= at && ++waysBack > IrProgram.MOST_WAYS_BACK) return 0;
                    at = next;
                    continue;
                }
                case JUMP -> {
                    int next = (int) s[at + 3];
                    if (next <= at && ++waysBack > IrProgram.MOST_WAYS_BACK) return 0;
                    at = next;
                    continue;
                }
                case LOAD -> {
                    long place = (r[(int) s[at + 2]] & 0xffff_ffffL) + s[at + 3];
                    if (captured - place < detail) return 0;
                    r[(int) s[at + 1]] = load(memory, start + place, detail);
                }
                case COMPUTE -> {
                    int right = r[(int) s[at + 3]];
                    Operator operator = OPERATORS[detail];
                    if (right == 0 && operator.divides()) return 0;
                    r[(int) s[at + 1]] = operator.apply(r[(int) s[at + 2]], right);
                }
                case MOVE -> r[(int) s[at + 1]] = r[(int) s[at + 2]];
                case LENGTH -> r[(int) s[at + 1]] = original;
                default -> throw new IllegalStateException("there is no step " + kind);
            }
            at += STEP;
        }
    }

    private static int load(MemorySegment memory, long at, int width) {
        return switch (width) {
            case 1 -> memory.get(U8, at) & 0xff;
            case 2 -> memory.get(U16, at) & 0xffff;
            default -> memory.get(U32, at);
        };
    }

    /** The first eight bytes of a packet that has fewer. */
    private static long few(MemorySegment memory, long start, int captured) {
        long bytes = 0;
        for (int i = 0; i < captured; i++) bytes |= (memory.get(U8, start + i) & 0xffL) << 56 - 8 * i;
        return bytes;
    }
}
