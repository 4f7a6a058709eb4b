package io.pairwire.capture.bpf;

/**
 * One instruction of classic BPF.
 *
 * @param code what it does, 0 to 65,535; see {@link Bpf}
 * @param jt instructions to skip if a comparison holds, 0 to 255
 * @param jf instructions to skip if it does not, 0 to 255
 * @param k the operand, an unsigned number of 32 bits
 */
public record BpfInstruction(int code, int jt, int jf, int k) {
    public BpfInstruction {
        if (code < 0 || code > 0xffff) throw new IllegalArgumentException("code is out of range: " + code);
        if (jt < 0 || jt > 0xff) throw new IllegalArgumentException("jt is out of range: " + jt);
        if (jf < 0 || jf > 0xff) throw new IllegalArgumentException("jf is out of range: " + jf);
    }

    /** An instruction that does not compare. */
    public static BpfInstruction of(int code, int k) {
        return new BpfInstruction(code, 0, 0, k);
    }
}
