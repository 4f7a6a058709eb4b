package io.pairwire.benchmarks;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapReader;
import io.pairwire.capture.PcapWriter;
import io.pairwire.engine.generate.TrafficGenerator;
import io.pairwire.engine.generate.TrafficPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.List;

/** A generated capture as bytes, and its packets one behind the other in native memory, as a reader would leave them. */
final class CaptureInMemory {
    private final byte[] file;
    private final MemorySegment memory;
    private final int[] starts;
    private final int[] lengths;
    private final long[] epochNanos;
    private int next;

    CaptureInMemory(TrafficPlan plan) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapWriter(Channels.newChannel(bytes), plan.format())) {
            TrafficGenerator.write(plan, List.of(writer));
            starts = new int[(int) writer.packets()];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file = bytes.toByteArray();
        memory = Arena.ofAuto().allocate(file.length).copyFrom(MemorySegment.ofArray(file));
        lengths = new int[starts.length];
        epochNanos = new long[starts.length];
        var packet = new Packet();
        try (var reader = PcapReader.open(Channels.newChannel(new ByteArrayInputStream(file)))) {
            for (int i = 0; reader.next(packet); i++) {
                starts[i] = (int) (reader.position() - packet.capturedLength());
                lengths[i] = packet.capturedLength();
                epochNanos[i] = packet.epochNanos();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] file() {
        return file;
    }

    int packets() {
        return starts.length;
    }

    /** Moves the view to the next packet, the first one after the last. */
    Packet moveToNext(Packet packet) {
        int index = next;
        next = index + 1 == starts.length ? 0 : index + 1;
        return packet.moveTo(memory, starts[index], lengths[index], lengths[index], epochNanos[index])
                .from(0, index + 1L);
    }
}
