package io.pairwire.platform.xdp;

import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A BPF program in the kernel, whoever loaded it.
 *
 * @param id what the kernel calls it; given once only
 * @param type {@code BPF_PROG_TYPE_*}; 6 is XDP
 * @param name up to 15 characters, may be empty
 * @param bootNanos when it was loaded, nanoseconds since the machine started
 * @param userId who loaded it
 */
public record LoadedProgram(int id, int type, String name, long bootNanos, int userId) {
    /** The {@link #type} of XDP programs. */
    public static final int XDP = 6;

    /**
     * All that are loaded.
     *
     * @throws SystemCallException with {@code EPERM} without CAP_SYS_ADMIN
     */
    public static List<LoadedProgram> list() throws SystemCallException {
        var programs = new ArrayList<LoadedProgram>();
        try (var ids = new BpfIds(BpfCall.PROG_GET_NEXT_ID, BpfCall.PROG_GET_FD_BY_ID, "program")) {
            while (ids.next()) {
                try (FileDescriptor program = ids.open()) {
                    programs.add(of(program.number()));
                } catch (SystemCallException e) {
                    if (e.errno() != Errno.ENOENT) throw e; // unloaded since its number was read
                }
            }
        }
        return programs;
    }

    static LoadedProgram of(int descriptor) throws SystemCallException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment details = BpfIds.details(arena, descriptor, BpfCall.PROGRAM_DETAILS, "program");
            return new LoadedProgram(
                    BpfCall.get(details, BpfCall.PROGRAM_DETAILS, "id"),
                    BpfCall.get(details, BpfCall.PROGRAM_DETAILS, "type"),
                    details.getString(BpfCall.at(BpfCall.PROGRAM_DETAILS, "name")),
                    details.get(CLibrary.LONG, BpfCall.at(BpfCall.PROGRAM_DETAILS, "load_time")),
                    BpfCall.get(details, BpfCall.PROGRAM_DETAILS, "created_by_uid"));
        }
    }
}
