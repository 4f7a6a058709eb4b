package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** System calls on a device file; a table of them, so that a test can bring its own. */
public interface DeviceCalls {

    /** @return the descriptor */
    int open(String path, int flags) throws SystemCallException;

    /** @param argument in native memory; the kernel may write into it */
    void ioctl(int descriptor, long request, MemorySegment argument, String what) throws SystemCallException;

    /** @return bytes read; 0 if none came in the time that the device waits */
    long read(int descriptor, MemorySegment into) throws SystemCallException;

    void close(int descriptor) throws SystemCallException;

    /** Those of the system this runs on. */
    static DeviceCalls system() {
        return new DeviceCalls() {
            @Override
            public int open(String path, int flags) throws SystemCallException {
                try (Arena arena = Arena.ofConfined()) {
                    return SystemCalls.open(CLibrary.text(arena, path), flags, "open(" + path + ")");
                }
            }

            @Override
            public void ioctl(int descriptor, long request, MemorySegment argument, String what)
                    throws SystemCallException {
                SystemCalls.ioctl(descriptor, request, argument, "ioctl(" + what + ")");
            }

            @Override
            public long read(int descriptor, MemorySegment into) throws SystemCallException {
                return SystemCalls.read(descriptor, into, "read(BPF device)");
            }

            @Override
            public void close(int descriptor) throws SystemCallException {
                new FileDescriptor(descriptor, "BPF device").close();
            }
        };
    }
}
