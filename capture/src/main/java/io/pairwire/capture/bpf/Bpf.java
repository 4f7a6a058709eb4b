package io.pairwire.capture.bpf;

/** Numbers of classic BPF: parts of an instruction's code, as in the header {@code bpf.h} of libpcap and the kernels. */
public final class Bpf {
    /** Words of scratch memory. */
    public static final int SCRATCH = 16;

    /** Instructions that a kernel takes at most. */
    public static final int MOST_INSTRUCTIONS = 4096;

    public static final int LD = 0x00;
    public static final int LDX = 0x01;
    public static final int ST = 0x02;
    public static final int STX = 0x03;
    public static final int ALU = 0x04;
    public static final int JMP = 0x05;
    public static final int RET = 0x06;
    public static final int MISC = 0x07;

    public static final int W = 0x00;
    public static final int H = 0x08;
    public static final int B = 0x10;

    public static final int IMM = 0x00;
    public static final int ABS = 0x20;
    public static final int IND = 0x40;
    public static final int MEM = 0x60;
    public static final int LEN = 0x80;
    public static final int MSH = 0xa0;

    public static final int ADD = 0x00;
    public static final int SUB = 0x10;
    public static final int MUL = 0x20;
    public static final int DIV = 0x30;
    public static final int OR = 0x40;
    public static final int AND = 0x50;
    public static final int LSH = 0x60;
    public static final int RSH = 0x70;
    public static final int NEG = 0x80;
    public static final int MOD = 0x90;
    public static final int XOR = 0xa0;

    public static final int JA = 0x00;
    public static final int JEQ = 0x10;
    public static final int JGT = 0x20;
    public static final int JGE = 0x30;
    public static final int JSET = 0x40;

    public static final int K = 0x00;
    public static final int X = 0x08;
    public static final int A = 0x10;

    public static final int TAX = 0x00;
    public static final int TXA = 0x80;

    private Bpf() {}

    /** The class of an instruction: {@link #LD} to {@link #MISC}. */
    static int classOf(int code) {
        return code & 0x07;
    }

    /** The operation of an ALU or jump instruction. */
    static int operation(int code) {
        return code & 0xf0;
    }
}
