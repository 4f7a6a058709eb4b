package io.pairwire.decode.filter;

import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** libpcap behind a pipe: {@code benchmarks/src/main/c/pcapfilter.c}, which says what goes through it. */
final class LibpcapPeer implements AutoCloseable {
    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;

    LibpcapPeer(Path program) throws IOException {
        process = new ProcessBuilder(program.toString(), "pipe").start();
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Which frames an expression accepts; empty if libpcap refuses it. */
    Optional<boolean[]> verdicts(String expression, int linkType, boolean optimised, List<byte[]> frames)
            throws IOException {
        byte[] text = expression.getBytes(StandardCharsets.US_ASCII);
        for (int number : new int[] {1, linkType, optimised ? 1 : 0, text.length}) out.writeInt(number);
        out.write(text);
        send(frames);
        if (in.readInt() == 0) {
            in.readNBytes(in.readInt());
            return Optional.empty();
        }
        boolean[] verdicts = new boolean[frames.size()];
        for (int i = 0; i < verdicts.length; i++) verdicts[i] = in.readInt() != 0;
        return Optional.of(verdicts);
    }

    /** What a program returns for each frame. */
    int[] answers(BpfProgram program, List<byte[]> frames) throws IOException {
        out.writeInt(2);
        out.writeInt(program.instructions().size());
        for (BpfInstruction i : program.instructions()) {
            for (int number : new int[] {i.code(), i.jt(), i.jf(), i.k()}) out.writeInt(number);
        }
        send(frames);
        if (in.readInt() == 0) {
            throw new AssertionError(
                    new String(in.readNBytes(in.readInt()), StandardCharsets.US_ASCII) + "\n" + program.mnemonics());
        }
        int[] answers = new int[frames.size()];
        for (int i = 0; i < answers.length; i++) answers[i] = in.readInt();
        return answers;
    }

    private void send(List<byte[]> frames) throws IOException {
        out.writeInt(frames.size());
        for (byte[] frame : frames) {
            out.writeInt(frame.length);
            out.writeInt(frame.length);
            out.write(frame);
        }
        out.flush();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
