package io.pairwire.capture.bpf;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of classic BPF that keeps the rules: every instruction is known, every jump lands inside, scratch memory is
 * used inside its bounds, nothing is divided by the constant 0, and the last instruction returns.
 *
 * <p>A program from libpcap may jump back with {@code ja} (its {@code protochain} does); a kernel refuses that, see
 * {@link #kernelObjection()}.
 *
 * @param instructions from 1 to 65,536
 */
public record BpfProgram(List<BpfInstruction> instructions) {
    /** Longer programs are refused when they are made. */
    public static final int LONGEST = 65_536;

    public BpfProgram {
        instructions = List.copyOf(instructions);
        String objection = BpfVerifier.objection(instructions);
        if (!objection.isEmpty()) throw new IllegalArgumentException(objection);
    }

    /** Why a kernel would refuse this program, in a sentence; empty if it would not. */
    public String kernelObjection() {
        return BpfVerifier.kernelObjection(instructions);
    }

    /**
     * Reads any of the three forms that {@code tcpdump -d}, {@code -dd} and {@code -ddd} print.
     *
     * @throws IllegalArgumentException saying which line is wrong, or which rule the program breaks
     */
    public static BpfProgram parse(String text) {
        return new BpfProgram(BpfText.parse(text));
    }

    /** Mnemonics, one instruction a line, as {@code tcpdump -d} prints them. */
    public String mnemonics() {
        var lines = new ArrayList<String>(instructions.size());
        for (int i = 0; i < instructions.size(); i++) lines.add(BpfText.mnemonic(i, instructions.get(i)));
        return lines(lines);
    }

    /** Initialisers for a C array, as {@code tcpdump -dd} prints them. */
    public String initialisers() {
        return lines(instructions.stream()
                .map(i -> String.format("{ 0x%x, %d, %d, 0x%08x },", i.code(), i.jt(), i.jf(), i.k()))
                .toList());
    }

    /** The number of instructions, then four decimal numbers for each, as {@code tcpdump -ddd} prints them. */
    public String decimals() {
        return instructions.size() + "\n"
                + lines(instructions.stream()
                        .map(i -> i.code() + " " + i.jt() + " " + i.jf() + " " + Integer.toUnsignedString(i.k()))
                        .toList());
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
