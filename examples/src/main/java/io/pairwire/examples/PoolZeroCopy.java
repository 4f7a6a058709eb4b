package io.pairwire.examples;

import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;

/**
 * A payload is sent to two receivers under headers of their own, without being copied: each header is a small buffer, and
 * behind it hangs a slice of the one payload, which goes back when the last of them is sent.
 *
 * <p>Prints {@code to receiver 0: 514 bytes in 2 parts}, the same for 1, then {@code 0 in use}.
 */
public final class PoolZeroCopy {
    private static final int HEADER = 14;

    private PoolZeroCopy() {}

    /** @param arguments none */
    public static void main(String... arguments) {
        try (var pool = new PacketPool(PoolSettings.of(10, 100, 64, 1024))) {
            PacketBuffer payload = pool.allocate(500);
            payload.putU32(0, 0xCAFEBABEL);
            var sending = new PacketBuffer[2];
            for (int i = 0; i < sending.length; i++) {
                PacketBuffer header = pool.allocate(HEADER).egressPort(i);
                header.putU8(5, i); // the last byte of the destination
                sending[i] = header.chain(payload.slice(0, payload.length()));
            }
            payload.release(); // the slices hold it from here on

            for (PacketBuffer frame : sending) {
                System.out.println("to receiver " + frame.egressPort() + ": " + frame.totalLength() + " bytes in "
                        + frame.parts() + " parts");
                frame.release();
            }
            System.out.println(pool.outstanding() + " in use");
        }
    }
}
