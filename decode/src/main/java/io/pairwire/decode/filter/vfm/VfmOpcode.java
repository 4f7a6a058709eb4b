package io.pairwire.decode.filter.vfm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instruction does. The constants are the mnemonics; numbers 15 and from 60 are reserved and do not exist here.
 *
 * <p>Effects are written as {@code below top -> result}; numbers are unsigned, 64 bits; a value of 128 bits is two of them, the
 * high one below.
 */
public enum VfmOpcode {
    LD8(0, Kind.OFFSET, 0, 1),
    LD16(1, Kind.OFFSET, 0, 1),
    LD32(2, Kind.OFFSET, 0, 1),
    LD64(3, Kind.OFFSET, 0, 1),
    PUSH(4, Kind.NUMBER, 0, 1),
    POP(5, Kind.NONE, 1, 0),
    DUP(6, Kind.NONE, 1, 2),
    SWAP(7, Kind.NONE, 2, 2),
    ADD(8, Kind.NONE, 2, 1),
    SUB(9, Kind.NONE, 2, 1),
    MUL(10, Kind.NONE, 2, 1),
    DIV(11, Kind.NONE, 2, 1),
    AND(12, Kind.NONE, 2, 1),
    OR(13, Kind.NONE, 2, 1),
    XOR(14, Kind.NONE, 2, 1),
    SHL(16, Kind.NONE, 2, 1),
    SHR(17, Kind.NONE, 2, 1),
    JMP(18, Kind.JUMP, 0, 0),
    JEQ(19, Kind.JUMP, 2, 0),
    JNE(20, Kind.JUMP, 2, 0),
    JGT(21, Kind.JUMP, 2, 0),
    JLT(22, Kind.JUMP, 2, 0),
    RET(23, Kind.NONE, 1, 0),
    HASH5(24, Kind.NONE, 0, 1),
    /** Pushes 1, in every version there was. */
    CSUM(25, Kind.NONE, 0, 1),
    /** Pushes 1, in every version there was. */
    PARSE(26, Kind.NONE, 0, 1),
    /** {@code key -> value}, 0 if there is none. */
    FLOW_LOAD(27, Kind.NONE, 1, 1),
    /** {@code key value ->}. */
    FLOW_STORE(28, Kind.NONE, 2, 0),
    JGE(29, Kind.JUMP, 2, 0),
    JLE(30, Kind.JUMP, 2, 0),
    NOT(31, Kind.NONE, 1, 1),
    NEG(32, Kind.NONE, 1, 1),
    MOD(33, Kind.NONE, 2, 1),
    EQ(34, Kind.NONE, 2, 1),
    NE(35, Kind.NONE, 2, 1),
    GT(36, Kind.NONE, 2, 1),
    LT(37, Kind.NONE, 2, 1),
    GE(38, Kind.NONE, 2, 1),
    LE(39, Kind.NONE, 2, 1),
    LD128(40, Kind.OFFSET, 0, 2),
    PUSH128(41, Kind.WIDE, 0, 2),
    EQ128(42, Kind.NONE, 4, 1),
    NE128(43, Kind.NONE, 4, 1),
    GT128(44, Kind.NONE, 4, 1),
    LT128(45, Kind.NONE, 4, 1),
    GE128(46, Kind.NONE, 4, 1),
    LE128(47, Kind.NONE, 4, 1),
    AND128(48, Kind.NONE, 4, 2),
    OR128(49, Kind.NONE, 4, 2),
    XOR128(50, Kind.NONE, 4, 2),
    JEQ128(51, Kind.JUMP, 4, 0),
    JNE128(52, Kind.JUMP, 4, 0),
    JGT128(53, Kind.JUMP, 4, 0),
    JLT128(54, Kind.JUMP, 4, 0),
    JGE128(55, Kind.JUMP, 4, 0),
    JLE128(56, Kind.JUMP, 4, 0),
    IP_VER(57, Kind.NONE, 0, 1),
    /** A field of the packet by its number, see {@link VfmField}. */
    IPV6_EXT(58, Kind.FIELD, 0, 1),
    HASH6(59, Kind.NONE, 0, 1);

    /** What stands behind the opcode. */
    enum Kind {
        NONE(0),
        /** Where to load, bytes from the start of the frame. */
        OFFSET(2),
        NUMBER(8),
        WIDE(16),
        /** How far to jump, bytes from the next instruction. */
        JUMP(2),
        FIELD(1);

        final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final int FIRST_SHIFTED = 16;
    private static final int LAST_SHIFTED = 33;
    private static final @Nullable VfmOpcode[] BY_NUMBER = new @Nullable VfmOpcode[256];

    static {
        for (VfmOpcode opcode : values()) BY_NUMBER[opcode.number] = opcode;
    }

    private final int number;
    private final Kind kind;
    private final int pops;
    private final int pushes;

    VfmOpcode(int number, Kind kind, int pops, int pushes) {
        this.number = number;
        this.kind = kind;
        this.pops = pops;
        this.pushes = pushes;
    }

    /** Its byte in today's programs. */
    public int number() {
        return number;
    }

    /** Bytes of an instruction, with the opcode. */
    public int length() {
        return 1 + kind.bytes;
    }

    /** How many numbers it takes from the stack. */
    public int pops() {
        return pops;
    }

    /** How many numbers it puts there. */
    public int pushes() {
        return pushes;
    }

    /** Does it go elsewhere, always or under a condition? */
    public boolean jumps() {
        return kind == Kind.JUMP;
    }

    Kind kind() {
        return kind;
    }

    /** Bytes that a load takes from the packet; 0 if it is none. */
    int loads() {
        return switch (this) {
            case LD8 -> 1;
            case LD16 -> 2;
            case LD32 -> 4;
            case LD64 -> 8;
            case LD128 -> 16;
            default -> 0;
        };
    }

    /** The byte for this opcode; empty if the older numbers have none. */
    Optional<Integer> number(VfmMode mode) {
        if (mode != VfmMode.COMPAT_V0) return Optional.of(number);
        if (number > LAST_SHIFTED) return Optional.empty();
        return Optional.of(number < FIRST_SHIFTED ? number : number - 1);
    }

    /** The opcode of a byte, 0 to 255; empty if it is unknown or reserved. */
    static Optional<VfmOpcode> of(int number, VfmMode mode) {
        if (mode != VfmMode.COMPAT_V0) return Optional.ofNullable(BY_NUMBER[number]);
        if (number >= LAST_SHIFTED) return Optional.empty();
        return Optional.ofNullable(BY_NUMBER[number < FIRST_SHIFTED - 1 ? number : number + 1]);
    }

    static Optional<VfmOpcode> of(String mnemonic) {
        for (VfmOpcode opcode : values()) if (opcode.name().equals(mnemonic)) return Optional.of(opcode);
        return Optional.empty();
    }
}
