package io.pairwire.capture.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of classic BPF: what {@code tcpdump -d}, {@code -dd} and {@code -ddd} print. */
final class BpfText {
    private static final String[] ALU = {"add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor"};
    private static final String[] JUMPS = {"ja", "jeq", "jgt", "jge", "jset"};
    private static final String[] WIDTHS = {"", "h", "b"};

    private static final Pattern INITIALISER = Pattern.compile(
            "\\{\\s*(0x[0-9a-fA-F]+|\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(0x[0-9a-fA-F]+|\\d+)\\s*}\\s*,?");
    private static final Pattern DECIMALS = Pattern.compile("(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)");
    private static final Pattern MNEMONIC =
            Pattern.compile("\\((\\d+)\\)\\s+([a-z]+)\\s*(.*?)\\s*(?:jt\\s+(\\d+)\\s+jf\\s+(\\d+))?");
    private static final Pattern OPERAND = Pattern.compile(
            "(?:#(?<imm>pktlen|0x[0-9a-fA-F]+|\\d+)|\\[(?<abs>\\d+)]|\\[x \\+ (?<ind>\\d+)]|M\\[(?<mem>\\d+)]"
                    + "|4\\*\\(\\[(?<msh>\\d+)]&0xf\\)|(?<x>x)|(?<number>\\d+))?");

    private static final Map<String, Integer> LOADS =
            Map.of("ld", Bpf.LD, "ldh", Bpf.LD | Bpf.H, "ldb", Bpf.LD | Bpf.B, "ldx", Bpf.LDX, "ldxb", Bpf.LDX | Bpf.B);

    private BpfText() {}

    static String mnemonic(int at, BpfInstruction i) {
        String operation = name(i.code());
        String operand = operand(at, i);
        if (Bpf.classOf(i.code()) == Bpf.JMP && Bpf.operation(i.code()) != Bpf.JA) {
            return String.format(
                    "(%03d) %-8s %-16s jt %d\tjf %d", at, operation, operand, at + 1 + i.jt(), at + 1 + i.jf());
        }
        return String.format("(%03d) %-8s %s", at, operation, operand);
    }

    private static String name(int code) {
        return switch (Bpf.classOf(code)) {
            case Bpf.LD -> "ld" + WIDTHS[(code & 0x18) >> 3];
            case Bpf.LDX -> "ldx" + WIDTHS[(code & 0x18) >> 3];
            case Bpf.ST -> "st";
            case Bpf.STX -> "stx";
            case Bpf.ALU -> ALU[Bpf.operation(code) >> 4];
            case Bpf.JMP -> JUMPS[Bpf.operation(code) >> 4];
            case Bpf.RET -> "ret";
            default -> code == (Bpf.MISC | Bpf.TAX) ? "tax" : "txa";
        };
    }

    private static String operand(int at, BpfInstruction i) {
        int code = i.code();
        String k = Integer.toUnsignedString(i.k());
        String hex = "#0x" + Integer.toHexString(i.k());
        return switch (Bpf.classOf(code)) {
            case Bpf.LD, Bpf.LDX ->
                switch (code & 0xe0) {
                    case Bpf.IMM -> hex;
                    case Bpf.ABS -> "[" + k + "]";
                    case Bpf.IND -> "[x + " + k + "]";
                    case Bpf.MEM -> "M[" + k + "]";
                    case Bpf.MSH -> "4*([" + k + "]&0xf)";
                    default -> "#pktlen";
                };
            case Bpf.ST, Bpf.STX -> "M[" + k + "]";
            case Bpf.ALU ->
                switch (Bpf.operation(code)) {
                    case Bpf.NEG -> "";
                    case Bpf.AND, Bpf.OR, Bpf.XOR -> (code & Bpf.X) != 0 ? "x" : hex;
                    default -> (code & Bpf.X) != 0 ? "x" : "#" + k;
                };
            case Bpf.JMP -> code == Bpf.JMP ? String.valueOf(at + 1 + i.k()) : (code & Bpf.X) != 0 ? "x" : hex;
            case Bpf.RET -> (code & Bpf.A) != 0 ? "" : "#" + k;
            default -> "";
        };
    }

    static List<BpfInstruction> parse(String text) {
        var instructions = new ArrayList<BpfInstruction>();
        long announced = -1;
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String trimmed = line.strip();
            if (trimmed.isEmpty()) continue;
            if (instructions.size() == BpfProgram.LONGEST) throw wrong(number, "too many instructions");
            if (instructions.isEmpty() && announced < 0 && trimmed.matches("\\d{1,9}")) {
                announced = Long.parseLong(trimmed);
                continue;
            }
            instructions.add(instruction(trimmed, number, instructions.size()));
        }
        if (announced >= 0 && announced != instructions.size()) {
            throw new IllegalArgumentException(
                    announced + " instructions were announced, there are " + instructions.size());
        }
        return instructions;
    }

    private static BpfInstruction instruction(String line, int number, int at) {
        try {
            Matcher four = INITIALISER.matcher(line);
            if (!four.matches()) four = DECIMALS.matcher(line);
            if (four.matches()) {
                return new BpfInstruction(
                        value(four.group(1)), value(four.group(2)), value(four.group(3)), value(four.group(4)));
            }
            Matcher mnemonic = MNEMONIC.matcher(line);
            if (mnemonic.matches()) return instruction(mnemonic, at);
        } catch (IllegalArgumentException e) {
            throw wrong(number, e.getMessage() + ": " + line);
        }
        throw wrong(number, "this is no instruction: " + line);
    }

    private static BpfInstruction instruction(Matcher line, int at) {
        String name = line.group(2);
        if (value(line.group(1)) != at) throw new IllegalArgumentException("instruction " + at + " is expected here");
        Matcher operand = OPERAND.matcher(line.group(3));
        if (!operand.matches()) throw new IllegalArgumentException("unknown operand");
        boolean x = operand.group("x") != null;
        int k = constant(operand);
        for (int i = 0; i < ALU.length; i++) {
            if (ALU[i].equals(name)) return BpfInstruction.of(Bpf.ALU | i << 4 | (x ? Bpf.X : 0), k);
        }
        if (name.equals("ja")) return BpfInstruction.of(Bpf.JMP, k - at - 1);
        for (int i = 1; i < JUMPS.length; i++) {
            if (!JUMPS[i].equals(name)) continue;
            if (line.group(4) == null) throw new IllegalArgumentException("jt and jf are missing");
            int code = Bpf.JMP | i << 4 | (x ? Bpf.X : 0);
            return new BpfInstruction(code, value(line.group(4)) - at - 1, value(line.group(5)) - at - 1, k);
        }
        if (LOADS.containsKey(name)) return BpfInstruction.of(LOADS.get(name) | mode(operand), k);
        return switch (name) {
            case "st" -> BpfInstruction.of(Bpf.ST, k);
            case "stx" -> BpfInstruction.of(Bpf.STX, k);
            case "tax" -> BpfInstruction.of(Bpf.MISC | Bpf.TAX, 0);
            case "txa" -> BpfInstruction.of(Bpf.MISC | Bpf.TXA, 0);
            case "ret" -> BpfInstruction.of(Bpf.RET | (operand.group("imm") == null ? Bpf.A : Bpf.K), k);
            default -> throw new IllegalArgumentException("unknown mnemonic " + name);
        };
    }

    private static int mode(Matcher operand) {
        if (operand.group("abs") != null) return Bpf.ABS;
        if (operand.group("ind") != null) return Bpf.IND;
        if (operand.group("mem") != null) return Bpf.MEM;
        if (operand.group("msh") != null) return Bpf.MSH;
        return "pktlen".equals(operand.group("imm")) ? Bpf.LEN : Bpf.IMM;
    }

    private static int constant(Matcher operand) {
        for (var group : List.of("imm", "abs", "ind", "mem", "msh", "number")) {
            String text = operand.group(group);
            if (text != null) return text.equals("pktlen") ? 0 : value(text);
        }
        return 0;
    }

    private static int value(String text) {
        return text.startsWith("0x")
                ? Integer.parseUnsignedInt(text.substring(2), 16)
                : Integer.parseUnsignedInt(text, 10);
    }

    private static IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException("line " + line + ": " + what);
    }
}
