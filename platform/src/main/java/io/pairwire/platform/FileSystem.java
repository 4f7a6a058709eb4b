package io.pairwire.platform;

import static io.pairwire.platform.CFunction.pointer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Map;

/** What kind of file system a path is on, told by statfs(2) of 64-bit Linux. */
public final class FileSystem {
    /** More than any struct statfs there is. */
    private static final long STATFS = 512;

    private static final CFunction STAT = CFunction.named("statfs");

    /** Those where changes may be made by another machine, of which this kernel then says nothing: statfs(2). */
    private static final Map<Long, String> NETWORKS = Map.of(
            0x6969L, "nfs",
            0x517bL, "smb",
            0xff53_4d42L, "cifs",
            0xfe53_4d42L, "smb2",
            0x6573_5546L, "fuse",
            0x0102_1997L, "9p",
            0x5346_414fL, "afs",
            0x00c3_6400L, "ceph",
            0x0bd0_0bd0L, "lustre",
            0x0116_1970L, "gfs2");

    private FileSystem() {}

    /** The number that tells the kind, {@code f_type}. */
    public static long type(Path path) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(STATFS, 8);
            MemorySegment name = CLibrary.text(arena, path.toString());
            if ((int) STAT.call(pointer(name), pointer(answer)) != 0) {
                throw new SystemCallException("statfs(" + path + ")", CLibrary.errno());
            }
            return answer.get(ValueLayout.JAVA_LONG, 0) & 0xffff_ffffL;
        }
    }

    /** The name of the network file system of that type; empty if it is none. */
    public static String networkName(long type) {
        return NETWORKS.getOrDefault(type, "");
    }
}
