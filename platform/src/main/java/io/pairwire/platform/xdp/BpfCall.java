package io.pairwire.platform.xdp;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;

import io.pairwire.platform.CFunction;
import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** The system call {@code bpf(2)}: a command and {@code union bpf_attr}, which is a different structure for each command. */
final class BpfCall {
    static final int MAP_CREATE = 0;
    static final int MAP_UPDATE_ELEM = 2;
    static final int MAP_DELETE_ELEM = 3;
    static final int PROG_LOAD = 5;
    static final int PROG_GET_NEXT_ID = 11;
    static final int PROG_GET_FD_BY_ID = 13;
    static final int OBJ_GET_INFO_BY_FD = 15;
    static final int LINK_CREATE = 28;
    static final int LINK_UPDATE = 29;
    static final int LINK_GET_FD_BY_ID = 30;
    static final int LINK_GET_NEXT_ID = 31;
    static final int LINK_DETACH = 34;

    /** Bytes handed over; a kernel that knows fewer takes them as long as those it does not know are 0. */
    static final int ATTRIBUTE = 128;

    /** Bytes of a name of a map or program, with the 0 behind it. */
    static final int NAME = 16;

    static final StructLayout MAP = MemoryLayout.structLayout(
            INT.withName("map_type"),
            INT.withName("key_size"),
            INT.withName("value_size"),
            INT.withName("max_entries"),
            INT.withName("map_flags"),
            INT.withName("inner_map_fd"),
            INT.withName("numa_node"),
            MemoryLayout.sequenceLayout(NAME, CLibrary.BYTE).withName("map_name"));

    static final StructLayout ELEMENT = MemoryLayout.structLayout(
            INT.withName("map_fd"),
            MemoryLayout.paddingLayout(4),
            LONG.withName("key"),
            LONG.withName("value"),
            LONG.withName("flags"));

    static final StructLayout PROGRAM = MemoryLayout.structLayout(
            INT.withName("prog_type"),
            INT.withName("insn_cnt"),
            LONG.withName("insns"),
            LONG.withName("license"),
            INT.withName("log_level"),
            INT.withName("log_size"),
            LONG.withName("log_buf"),
            INT.withName("kern_version"),
            INT.withName("prog_flags"),
            MemoryLayout.sequenceLayout(NAME, CLibrary.BYTE).withName("prog_name"),
            INT.withName("prog_ifindex"),
            INT.withName("expected_attach_type"));

    static final StructLayout LINK = MemoryLayout.structLayout(
            INT.withName("prog_fd"),
            INT.withName("target_ifindex"),
            INT.withName("attach_type"),
            INT.withName("flags"));

    static final StructLayout UPDATE = MemoryLayout.structLayout(
            INT.withName("link_fd"), INT.withName("new_prog_fd"), INT.withName("flags"), INT.withName("old_prog_fd"));

    static final StructLayout NEXT =
            MemoryLayout.structLayout(INT.withName("start_id"), INT.withName("next_id"), INT.withName("open_flags"));

    static final StructLayout DETAILS =
            MemoryLayout.structLayout(INT.withName("bpf_fd"), INT.withName("info_len"), LONG.withName("info"));

    /** {@code struct bpf_prog_info} as far as it is read here. */
    static final StructLayout PROGRAM_DETAILS = MemoryLayout.structLayout(
            INT.withName("type"),
            INT.withName("id"),
            MemoryLayout.sequenceLayout(8, CLibrary.BYTE).withName("tag"),
            INT.withName("jited_prog_len"),
            INT.withName("xlated_prog_len"),
            LONG.withName("jited_prog_insns"),
            LONG.withName("xlated_prog_insns"),
            LONG.withName("load_time"),
            INT.withName("created_by_uid"),
            INT.withName("nr_map_ids"),
            LONG.withName("map_ids"),
            MemoryLayout.sequenceLayout(NAME, CLibrary.BYTE).withName("name"),
            INT.withName("ifindex"),
            INT.withName("gpl_compatible"));

    /** {@code struct bpf_link_info} of a link that holds an XDP program. */
    static final StructLayout LINK_DETAILS = MemoryLayout.structLayout(
            INT.withName("type"),
            INT.withName("id"),
            INT.withName("prog_id"),
            MemoryLayout.paddingLayout(4),
            INT.withName("ifindex"),
            MemoryLayout.paddingLayout(12));

    private static final CFunction SYSCALL = CFunction.named("syscall");

    private BpfCall() {}

    /** @return a structure of zeros */
    static MemorySegment attribute(Arena arena) {
        return arena.allocate(ATTRIBUTE, Long.BYTES);
    }

    /**
     * Asks the kernel.
     *
     * @param what what errors say was asked
     * @return what the kernel answered, not negative: a descriptor or 0
     */
    static int call(int command, MemorySegment attribute, String what) throws SystemCallException {
        int answer = tryCall(command, attribute);
        if (answer < 0) throw new SystemCallException(what, -answer);
        return answer;
    }

    /** As {@link #call}; errors are negative answers. */
    static int tryCall(int command, MemorySegment attribute) {
        int number = number(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (number < 0) return -Errno.ENOSYS;
        long answer = SYSCALL.call(number, command, CFunction.pointer(attribute), attribute.byteSize());
        return answer < 0 ? -CLibrary.errno() : (int) answer;
    }

    /** The number of the call, -1 where none is known. */
    static int number(String system, String machine) {
        if (!system.equals("Linux")) return -1;
        return switch (machine) {
            case "amd64", "x86_64" -> 321;
            case "aarch64", "riscv64" -> 280;
            default -> -1;
        };
    }

    static void put(MemorySegment structure, StructLayout layout, String field, int value) {
        structure.set(INT, at(layout, field), value);
    }

    static void put(MemorySegment structure, StructLayout layout, String field, MemorySegment pointer) {
        structure.set(LONG, at(layout, field), pointer.address());
    }

    static int get(MemorySegment structure, StructLayout layout, String field) {
        return structure.get(INT, at(layout, field));
    }

    static long at(StructLayout layout, String field) {
        return layout.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }

    /** Writes a name of at most 15 characters that the kernel takes: letters, digits, {@code _} and {@code .}. */
    static void putName(MemorySegment structure, StructLayout layout, String field, String name) {
        if (!name.matches("[A-Za-z0-9_.]{1,15}")) throw new IllegalArgumentException("no name for a kernel: " + name);
        structure.setString(at(layout, field), name);
    }
}
