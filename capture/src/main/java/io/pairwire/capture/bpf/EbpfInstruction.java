package io.pairwire.capture.bpf;

/**
 * One instruction of eBPF, <a href="https://www.rfc-editor.org/rfc/rfc9669">RFC 9669</a> §3; a 64-bit immediate takes two.
 *
 * @param code what it does, 0 to 255
 * @param destination a register, 0 to 10
 * @param source a register, or what kind of immediate this is, 0 to 10
 * @param offset bytes or instructions, a signed number of 16 bits
 * @param immediate 32 bits
 */
public record EbpfInstruction(int code, int destination, int source, int offset, int immediate) {
    public EbpfInstruction {
        if (code < 0 || code > 0xff) throw new IllegalArgumentException("code is out of range: " + code);
        if (destination < 0 || destination > 10) {
            throw new IllegalArgumentException("destination is no register: " + destination);
        }
        if (source < 0 || source > 10) throw new IllegalArgumentException("source is no register: " + source);
        if (offset != (short) offset) throw new IllegalArgumentException("offset exceeds 16 bits: " + offset);
    }
}
