package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * VFM once more, as slowly and plainly as its description reads: the program stays bytes, numbers are {@link BigInteger}s, every
 * instruction looks itself whether what it needs is there. Shares with the machine only the fields of a packet.
 */
final class VfmByTheBook {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);
    private static final int NOT_NUMBERED_BEFORE = 15;

    private final byte[] program;
    private final VfmMode mode;
    private final ArrayDeque<BigInteger> stack = new ArrayDeque<>();
    private final Map<BigInteger, BigInteger> flows = new HashMap<>();
    private byte[] packet = new byte[0];
    private int at;
    private BigInteger result = BigInteger.ZERO;

    VfmByTheBook(byte[] program, VfmMode mode) {
        this.program = program.clone();
        this.mode = mode;
    }

    /** What the last run returned. */
    long value() {
        return result.longValue();
    }

    VfmStatus run(byte[] bytes, Fields fields) {
        packet = bytes;
        fields.moveTo(
                new Packet().moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 0), bytes.length);
        stack.clear();
        at = 0;
        result = BigInteger.ZERO;
        for (int executed = 0; executed < 10_000; executed++) {
            VfmStatus status = step(fields);
            if (status != null) return status;
            if (fields.isOutside()) return VfmStatus.OUT_OF_BOUNDS;
        }
        return VfmStatus.OVER_BUDGET;
    }

    private BigInteger operand(int bytes) {
        BigInteger value = BigInteger.ZERO;
        for (int i = bytes - 1; i >= 0; i--) value = value.shiftLeft(8).add(BigInteger.valueOf(program[at + i] & 0xff));
        at += bytes;
        return value;
    }

    private void push(BigInteger value) {
        if (stack.size() == 255) throw new AssertionError("too deep");
        stack.push(value.mod(WORD));
    }

    private void push(boolean answer) {
        push(answer ? BigInteger.ONE : BigInteger.ZERO);
    }

    private BigInteger wide() {
        BigInteger low = stack.pop();
        return stack.pop().shiftLeft(64).add(low);
    }

    private void pushWide(BigInteger value) {
        push(value.shiftRight(64));
        push(value);
    }

    /** Null to go on. */
    private @Nullable VfmStatus step(Fields fields) {
        int number = program[at++] & 0xff;
        if (mode == VfmMode.COMPAT_V0 && number >= NOT_NUMBERED_BEFORE) number++;
        switch (number) {
            case 0, 1, 2, 3, 40 -> {
                int width = number == 40 ? 16 : 1 << number;
                int place = operand(2).intValue();
                if (place + width > packet.length) return VfmStatus.OUT_OF_BOUNDS;
                var loaded = new BigInteger(1, packet, place, width);
                if (number == 40) pushWide(loaded);
                else push(loaded);
            }
            case 4 -> push(operand(8));
            case 5 -> stack.pop();
            case 6 -> push(stack.getFirst());
            case 7 -> {
                BigInteger top = stack.pop();
                BigInteger below = stack.pop();
                push(top);
                push(below);
            }
            case 8, 9, 10, 12, 13, 14, 16, 17 -> {
                BigInteger b = stack.pop();
                push(computed(number, stack.pop(), b));
            }
            case 11, 33 -> {
                BigInteger b = stack.pop();
                BigInteger a = stack.pop();
                if (b.signum() == 0) return VfmStatus.DIVISION_BY_ZERO;
                push(number == 11 ? a.divide(b) : a.mod(b));
            }
            case 18 -> {
                int distance = operand(2).shortValue();
                at += distance;
            }
            case 19, 20, 21, 22, 29, 30 -> {
                int distance = operand(2).shortValue();
                BigInteger b = stack.pop();
                if (holds(number, stack.pop().compareTo(b))) at += distance;
            }
            case 23 -> {
                result = stack.pop();
                return VfmStatus.DONE;
            }
            case 24 -> push(BigInteger.valueOf(fields.hash5()));
            case 25, 26 -> push(BigInteger.ONE);
            case 27 -> push(flows.getOrDefault(stack.pop(), BigInteger.ZERO));
            case 28 -> {
                BigInteger value = stack.pop();
                flows.put(stack.pop(), value);
            }
            case 31 -> push(WORD.subtract(BigInteger.ONE).subtract(stack.pop()));
            case 32 -> push(stack.pop().negate());
            case 34, 35, 36, 37, 38, 39 -> {
                BigInteger b = stack.pop();
                push(holds(number, stack.pop().compareTo(b)));
            }
            case 41 -> {
                pushWide(new BigInteger(1, program, at, 16));
                at += 16;
            }
            case 42, 43, 44, 45, 46, 47 -> {
                BigInteger b = wide();
                push(holds(number, wide().compareTo(b)));
            }
            case 48 -> pushWide(wide().and(wide()));
            case 49 -> pushWide(wide().or(wide()));
            case 50 -> pushWide(wide().xor(wide()));
            case 51, 52, 53, 54, 55, 56 -> {
                int distance = operand(2).shortValue();
                BigInteger b = wide();
                if (holds(number, wide().compareTo(b))) at += distance;
            }
            case 57 -> push(BigInteger.valueOf(fields.version()));
            case 58 -> push(BigInteger.valueOf(fields.field(operand(1).intValue())));
            case 59 -> push(BigInteger.valueOf(fields.hash6()));
            default -> throw new AssertionError("opcode " + number);
        }
        return null;
    }

    private static BigInteger computed(int number, BigInteger a, BigInteger b) {
        int shift = b.intValue() & 63;
        return switch (number) {
            case 8 -> a.add(b);
            case 9 -> a.subtract(b);
            case 10 -> a.multiply(b);
            case 12 -> a.and(b);
            case 13 -> a.or(b);
            case 14 -> a.xor(b);
            case 16 -> a.shiftLeft(shift);
            default -> a.shiftRight(shift);
        };
    }

    /** The six comparisons have three series of numbers. */
    private static boolean holds(int number, int order) {
        return switch (number) {
            case 19, 34, 42, 51 -> order == 0;
            case 20, 35, 43, 52 -> order != 0;
            case 21, 36, 44, 53 -> order > 0;
            case 22, 37, 45, 54 -> order < 0;
            case 29, 38, 46, 55 -> order >= 0;
            default -> order <= 0;
        };
    }
}
