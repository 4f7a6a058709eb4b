package io.pairwire.platform.xdp;

import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A program the kernel has loaded. It lives as long as this object, or a link that holds it on an interface. Thread-safe. */
public final class XdpProgram implements AutoCloseable {
    private static final int PROGRAM_TYPE_XDP = 6;
    private static final int ATTACH_TYPE_XDP = 37;
    private static final int HAS_FRAGMENTS = 1 << 5;
    private static final int INSTRUCTION = 8;
    private static final int LOG = 1 << 20;

    private final FileDescriptor program;

    private XdpProgram(FileDescriptor program) {
        this.program = program;
    }

    /**
     * How a program is loaded.
     *
     * @param name what lists of programs show, at most 15 letters, digits, {@code _} and {@code .}
     * @param fragments whether the program takes packets that lie in several buffers; of those it sees the first one. Needs
     *     Linux 5.18
     * @param offloadInterface the interface whose card runs the program, 0 for the kernel
     */
    public record Settings(String name, boolean fragments, int offloadInterface) {
        public Settings {
            if (offloadInterface < 0) throw new IllegalArgumentException("no interface: " + offloadInterface);
        }
    }

    /**
     * Loads a program.
     *
     * @param instructions {@code struct bpf_insn} one after the other
     * @throws ProgramRefusedException if the verifier finds fault with it
     * @throws SystemCallException with {@code EPERM} without CAP_BPF and CAP_NET_ADMIN
     */
    public static XdpProgram load(byte[] instructions, Settings settings) throws IOException {
        if (instructions.length == 0 || instructions.length % INSTRUCTION != 0) {
            throw new IllegalArgumentException("no whole instructions: " + instructions.length + " bytes");
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment attribute = BpfCall.attribute(arena);
            BpfCall.put(attribute, BpfCall.PROGRAM, "prog_type", PROGRAM_TYPE_XDP);
            BpfCall.put(attribute, BpfCall.PROGRAM, "insn_cnt", instructions.length / INSTRUCTION);
            BpfCall.put(attribute, BpfCall.PROGRAM, "insns", arena.allocateFrom(CLibrary.BYTE, instructions));
            BpfCall.put(attribute, BpfCall.PROGRAM, "license", CLibrary.text(arena, "Apache-2.0"));
            BpfCall.put(attribute, BpfCall.PROGRAM, "prog_flags", settings.fragments ? HAS_FRAGMENTS : 0);
            BpfCall.putName(attribute, BpfCall.PROGRAM, "prog_name", settings.name);
            BpfCall.put(attribute, BpfCall.PROGRAM, "prog_ifindex", settings.offloadInterface);
            BpfCall.put(attribute, BpfCall.PROGRAM, "expected_attach_type", ATTACH_TYPE_XDP);
            int answer = BpfCall.tryCall(BpfCall.PROG_LOAD, attribute);
            if (answer < 0) throw refusal(attribute, arena, -answer);
            return new XdpProgram(new FileDescriptor(answer, "XDP program"));
        }
    }

    /** Once more with a log: writing it always would slow down every load, and one too short refuses a good program. */
    private static IOException refusal(MemorySegment attribute, Arena arena, int errno) {
        String what = "bpf(BPF_PROG_LOAD)";
        if (errno != Errno.EINVAL && errno != Errno.EACCES) return new SystemCallException(what, errno);
        MemorySegment log = arena.allocate(LOG);
        BpfCall.put(attribute, BpfCall.PROGRAM, "log_level", 1);
        BpfCall.put(attribute, BpfCall.PROGRAM, "log_size", LOG);
        BpfCall.put(attribute, BpfCall.PROGRAM, "log_buf", log);
        BpfCall.tryCall(BpfCall.PROG_LOAD, attribute); // fails again; the log is what is wanted
        String text = log.getString(0, StandardCharsets.UTF_8);
        return text.isBlank() ? new SystemCallException(what, errno) : new ProgramRefusedException(text);
    }

    /** The number the kernel lists it under. */
    public int id() throws SystemCallException {
        return LoadedProgram.of(program.number()).id();
    }

    int descriptor() {
        return program.number();
    }

    @Override
    public void close() throws SystemCallException {
        program.close();
    }
}
