package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfInterpreter;
import io.pairwire.capture.bpf.BpfProgram;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Random programs on random packets: on the packet with its cooked header, in our interpreter, and moved, on the packet without, in a
 * machine that knows what Linux knows beside a packet.
 */
class CookedProgramProperties {
    private static final int PACKETS = 20;
    private static final int[] OPERATORS = {Bpf.ADD, Bpf.SUB, Bpf.MUL, Bpf.DIV, Bpf.AND, Bpf.OR, Bpf.XOR};
    private static final int[] COMPARISONS = {Bpf.JEQ, Bpf.JGT, Bpf.JGE, Bpf.JSET};
    private static final int[] SIZES = {Bpf.B, Bpf.H, Bpf.W};

    @Property(tries = 1500)
    void a_program_that_moves_answers_the_same(@ForAll long seed) {
        compare(new Random(seed));
    }

    /** The property above would hold for nothing too. */
    @Test
    void many_programs_move() {
        var random = new Random(3);
        int moved = 0;
        for (int i = 0; i < 1000; i++) if (compare(random)) moved++;
        assertTrue(moved > 300, moved + " of 1000 moved");
    }

    private static boolean compare(Random random) {
        BpfProgram program = program(random);
        Optional<BpfProgram> moved = CookedProgram.of(program);
        if (moved.isEmpty()) return false;
        var reference = new BpfInterpreter(program);
        for (int i = 0; i < PACKETS; i++) {
            byte[] payload = new byte[random.nextInt(70)];
            random.nextBytes(payload);
            if (payload.length > 0 && random.nextBoolean()) payload[0] = 0x45;
            byte[] whole = ByteBuffer.allocate(CookedHeader.LENGTH + payload.length)
                    .putShort((short) (random.nextBoolean() ? 0x0800 : random.nextInt()))
                    .putShort((short) 0)
                    .putInt(random.nextInt(8))
                    .putShort((short) (random.nextBoolean() ? 1 : random.nextInt()))
                    .put((byte) random.nextInt(6))
                    .put(new byte[9])
                    .put(payload)
                    .array();
            int expected = reference.run(MemorySegment.ofArray(whole), 0, whole.length, whole.length);
            assertEquals(
                    expected,
                    new Machine(moved.get(), whole).run(),
                    () -> program.mnemonics() + "moved:\n" + moved.get().mnemonics() + Arrays.toString(whole));
        }
        return true;
    }

    private static BpfProgram program(Random random) {
        int length = 3 + random.nextInt(16);
        var instructions = new ArrayList<BpfInstruction>();
        while (instructions.size() < length) add(random, length - instructions.size(), instructions);
        instructions.add(new BpfInstruction(Bpf.RET | (random.nextBoolean() ? Bpf.A : Bpf.K), 0, 0, random.nextInt(9)));
        return new BpfProgram(instructions);
    }

    private static void add(Random random, int further, ArrayList<BpfInstruction> instructions) {
        int size = SIZES[random.nextInt(SIZES.length)];
        int word = random.nextInt(4);
        switch (random.nextInt(16)) {
            case 0 -> instructions.add(BpfInstruction.of(Bpf.LD | Bpf.H | Bpf.ABS, 0));
            case 1 -> instructions.add(BpfInstruction.of(Bpf.LD | Bpf.W | Bpf.ABS, 4));
            case 2 -> instructions.add(BpfInstruction.of(Bpf.LD | Bpf.B | Bpf.ABS, 10));
            case 3 -> instructions.add(BpfInstruction.of(Bpf.LD | Bpf.H | Bpf.ABS, 8));
            case 4, 5 -> instructions.add(BpfInstruction.of(Bpf.LD | size | Bpf.ABS, 20 + random.nextInt(60)));
            case 6 -> instructions.add(BpfInstruction.of(Bpf.LDX | Bpf.B | Bpf.MSH, 20 + random.nextInt(4)));
            case 7 -> instructions.add(BpfInstruction.of(Bpf.LD | size | Bpf.IND, 20 + random.nextInt(20)));
            case 8 -> instructions.add(BpfInstruction.of((random.nextBoolean() ? Bpf.ST : Bpf.STX), word));
            case 9 -> instructions.add(BpfInstruction.of((random.nextBoolean() ? Bpf.LD : Bpf.LDX) | Bpf.MEM, word));
            case 10 -> { // a small number for X, or one that is not
                if (random.nextInt(8) > 0) {
                    int mask = random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(64);
                    instructions.add(BpfInstruction.of(Bpf.ALU | Bpf.AND, mask));
                }
                if (random.nextBoolean()) {
                    instructions.add(BpfInstruction.of(Bpf.ALU | Bpf.LSH, random.nextInt(10)));
                }
                instructions.add(BpfInstruction.of(Bpf.MISC | Bpf.TAX, 0));
            }
            case 11, 12 -> {
                int operator = OPERATORS[random.nextInt(OPERATORS.length)];
                boolean isX = random.nextInt(3) == 0;
                int k = isX ? 0 : 1 + random.nextInt(300);
                instructions.add(BpfInstruction.of(Bpf.ALU | operator | (isX ? Bpf.X : 0), k));
            }
            case 13 -> instructions.add(BpfInstruction.of(Bpf.LDX | Bpf.IMM, random.nextInt(40)));
            default -> {
                int code = Bpf.JMP | COMPARISONS[random.nextInt(COMPARISONS.length)];
                int most = Math.max(1, further - 1);
                int k = random.nextBoolean() ? 0x800 : random.nextInt(8);
                instructions.add(new BpfInstruction(code, random.nextInt(most), random.nextInt(most), k));
            }
        }
    }

    /** Classic BPF as Linux runs it, as far as the programs here go. */
    private static final class Machine {
        private final BpfProgram program;
        private final byte[] packet;
        private final ByteBuffer header;
        private final int[] scratch = new int[Bpf.SCRATCH];
        private boolean outside;

        Machine(BpfProgram program, byte[] whole) {
            this.program = program;
            header = ByteBuffer.wrap(whole);
            packet = Arrays.copyOfRange(whole, CookedHeader.LENGTH, whole.length);
        }

        private int load(long at, int size) {
            if (at < 0) return beside((int) at);
            int bytes = size == Bpf.B ? 1 : size == Bpf.H ? 2 : 4;
            int value = 0;
            for (int i = 0; i < bytes; i++) {
                if (at + i >= packet.length) {
                    outside = true;
                    return 0;
                }
                value = value << 8 | packet[(int) at + i] & 0xff;
            }
            return value;
        }

        /** linux/filter.h: SKF_AD_OFF and what lies from there. */
        private int beside(int at) {
            return switch (at + 0x1000) {
                case 0 -> header.getShort(0) & 0xffff;
                case 4 -> header.get(10);
                case 8 -> header.getInt(4);
                case 28 -> header.getShort(8) & 0xffff;
                default -> throw new AssertionError("nothing lies at " + at);
            };
        }

        int run() {
            int a = 0;
            int x = 0;
            for (int at = 0; ; at++) {
                BpfInstruction i = program.instructions().get(at);
                int operand = (i.code() & Bpf.X) != 0 ? x : i.k();
                switch (i.code() & 0x07) {
                    case Bpf.LD ->
                        a = switch (i.code() & 0xe0) {
                            case Bpf.ABS -> load(i.k(), i.code() & 0x18);
                            case Bpf.IND -> load((long) i.k() + x, i.code() & 0x18);
                            case Bpf.MEM -> scratch[i.k()];
                            default -> i.k();
                        };
                    case Bpf.LDX ->
                        x = switch (i.code() & 0xe0) {
                            case Bpf.MSH -> (load(i.k(), Bpf.B) & 0xf) << 2;
                            case Bpf.MEM -> scratch[i.k()];
                            default -> i.k();
                        };
                    case Bpf.ST -> scratch[i.k()] = a;
                    case Bpf.STX -> scratch[i.k()] = x;
                    case Bpf.ALU -> {
                        if ((i.code() & 0xf0) == Bpf.DIV && operand == 0) return 0;
                        a = computed(i.code() & 0xf0, a, operand);
                    }
                    case Bpf.JMP -> at += holds(i.code() & 0xf0, a, operand) ? i.jt() : i.jf();
                    case Bpf.RET -> {
                        return (i.code() & 0x18) == Bpf.A ? a : i.k();
                    }
                    default -> x = a; // TAX
                }
                if (outside) return 0;
            }
        }

        private static int computed(int operator, int a, int operand) {
            return switch (operator) {
                case Bpf.ADD -> a + operand;
                case Bpf.SUB -> a - operand;
                case Bpf.MUL -> a * operand;
                case Bpf.DIV -> Integer.divideUnsigned(a, operand);
                case Bpf.AND -> a & operand;
                case Bpf.OR -> a | operand;
                case Bpf.XOR -> a ^ operand;
                default -> a << operand;
            };
        }

        private static boolean holds(int comparison, int a, int operand) {
            return switch (comparison) {
                case Bpf.JEQ -> a == operand;
                case Bpf.JGT -> Integer.compareUnsigned(a, operand) > 0;
                case Bpf.JGE -> Integer.compareUnsigned(a, operand) >= 0;
                default -> (a & operand) != 0;
            };
        }
    }
}
