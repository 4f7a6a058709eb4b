package io.pairwire.platform;

import static io.pairwire.platform.CFunction.pointer;
import static io.pairwire.platform.CLibrary.INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What this process may do. Capabilities belong to threads: {@link #keepOnly} changes the calling thread and what it starts
 * later. Becoming another user changes all threads.
 */
public final class Rights {
    private static final int VERSION_3 = 0x2008_0522;
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String EFFECTIVE = "CapEff:";
    private static final CFunction CAPGET = CFunction.named("capget");
    private static final CFunction CAPSET = CFunction.named("capset");
    private static final CFunction GETEUID = CFunction.named("geteuid");
    private static final CFunction SETGROUPS = CFunction.named("setgroups");
    private static final CFunction SETRESGID = CFunction.named("setresgid");
    private static final CFunction SETRESUID = CFunction.named("setresuid");

    private Rights() {}

    /** The rights of the calling thread, of those that {@link Capability} names. */
    public static Set<Capability> effective() throws IOException {
        List<String> lines = Files.readAllLines(STATUS);
        for (String line : lines) {
            if (!line.startsWith(EFFECTIVE)) continue;
            long bits =
                    Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16);
            var held = EnumSet.noneOf(Capability.class);
            for (Capability capability : Capability.values()) if ((bits & capability.mask()) != 0) held.add(capability);
            return held;
        }
        throw new IOException(STATUS + ": has no line " + EFFECTIVE);
    }

    /** The number of the user this process acts as; 0 is root. */
    public static int user() {
        return (int) GETEUID.call();
    }

    /** Gives up all rights of the calling thread but these, for good; those it does not have it does not get. */
    public static void keepOnly(Set<Capability> kept) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8, 8);
            header.set(INT, 0, VERSION_3);
            MemorySegment sets = arena.allocate(24, 8); // twice effective, permitted, inheritable
            call(CAPGET, header, sets, "capget");
            long mask = 0;
            for (Capability capability : kept) mask |= capability.mask();
            for (int half = 0; half < 2; half++) {
                long at = 12L * half;
                int wanted = (int) (mask >>> 32 * half);
                int permitted = sets.get(INT, at + 4) & wanted;
                sets.set(INT, at, permitted);
                sets.set(INT, at + 4, permitted);
                sets.set(INT, at + 8, 0);
            }
            call(CAPSET, header, sets, "capset");
        }
    }

    private static void call(CFunction function, MemorySegment header, MemorySegment sets, String what)
            throws SystemCallException {
        if ((int) function.call(pointer(header), pointer(sets)) != 0)
            throw new SystemCallException(what, CLibrary.errno());
    }

    /**
     * Makes the whole process act as another user, for good, with the user's own group and no others.
     *
     * @param user number of the user, not 0
     * @param group number of the group
     */
    public static void become(int user, int group) throws SystemCallException {
        if (user <= 0) throw new IllegalArgumentException("not a user without rights: " + user);
        String call = "setgroups";
        int answer = (int) SETGROUPS.call(0, 0);
        if (answer == 0) {
            call = "setresgid(" + group + ")";
            answer = (int) SETRESGID.call(group, group, group);
        }
        if (answer == 0) {
            call = "setresuid(" + user + ")";
            answer = (int) SETRESUID.call(user, user, user);
        }
        if (answer != 0) throw new SystemCallException(call, CLibrary.errno());
    }
}
