package io.pairwire.capture.bpf;

/** Instructions of eBPF as people write them: {@code r0 = *(u16 *)(r1 + 12)}, the manner of LLVM and of {@code bpftool}. */
final class EbpfText {
    private static final String[] OPERATORS = {
        "+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "neg", "%=", "^=", "=", "s>>="
    };
    private static final String[] COMPARISONS = {
        "", "==", ">", ">=", "&", "!=", "s>", "s>=", "", "", "<", "<=", "s<", "s<="
    };
    private static final String[] SIZES = {"u32", "u16", "u8", "u64"};

    private static final int EXIT = 0x95;
    private static final int CALL = 0x85;
    private static final int JUMP = 0x05;
    private static final int WIDE_IMMEDIATE = 0x18;
    private static final int MAP = 1;
    private static final int BYTE_ORDER = 0xd0;

    private EbpfText() {}

    /** One instruction; {@code at} is its index. */
    static String of(EbpfInstruction i, int at) {
        String to = "goto " + (at + 1 + i.offset());
        switch (i.code()) {
            case EXIT -> {
                return "exit";
            }
            case CALL -> {
                return "call " + i.immediate();
            }
            case JUMP -> {
                return to;
            }
            case WIDE_IMMEDIATE -> {
                return "r" + i.destination() + " = " + (i.source() == MAP ? "map fd " : "") + i.immediate() + " ll";
            }
            case 0 -> {
                return ""; // the other half of a wide immediate
            }
            default -> {
                return byClass(i, to);
            }
        }
    }

    private static String byClass(EbpfInstruction i, String to) {
        String size = SIZES[i.code() >> 3 & 3];
        return switch (i.code() & 7) {
            case 0 ->
                "r0 = *(" + size + " *)skb[" + ((i.code() & 0xe0) == 0x40 ? "r" + i.source() : i.immediate()) + "]";
            case 1 -> "r" + i.destination() + " = *(" + size + " *)(r" + i.source() + offset(i) + ")";
            case 2 -> "*(" + size + " *)(r" + i.destination() + offset(i) + ") = " + i.immediate();
            case 3 -> "*(" + size + " *)(r" + i.destination() + offset(i) + ") = r" + i.source();
            case 4 -> computed(i, "w");
            case 5 -> "if r" + compared(i, "r") + " " + to;
            case 6 -> "if w" + compared(i, "w") + " " + to;
            default -> computed(i, "r");
        };
    }

    private static String offset(EbpfInstruction i) {
        return (i.offset() < 0 ? " - " : " + ") + Math.abs(i.offset());
    }

    private static String right(EbpfInstruction i, String register) {
        return (i.code() & 8) != 0 ? register + i.source() : hex(i.immediate());
    }

    private static String compared(EbpfInstruction i, String register) {
        return i.destination() + " " + COMPARISONS[i.code() >> 4] + " " + right(i, register);
    }

    private static String computed(EbpfInstruction i, String register) {
        String target = register + i.destination();
        int operator = i.code() >> 4;
        if ((i.code() & 0xf0) == BYTE_ORDER) {
            return "r" + i.destination() + " = " + ((i.code() & 8) != 0 ? "be" : "le") + i.immediate() + " r"
                    + i.destination();
        }
        return operator == 8 ? target + " = -" + target : target + " " + OPERATORS[operator] + " " + right(i, register);
    }

    private static String hex(int value) {
        return value >= 0 && value < 10 ? String.valueOf(value) : "0x" + Integer.toHexString(value);
    }
}
