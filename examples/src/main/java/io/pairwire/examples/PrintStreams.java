package io.pairwire.examples;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.stream.Defragmenter;
import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.stream.FragmentAnswer;
import io.pairwire.decode.stream.FragmentSettings;
import io.pairwire.decode.stream.GapReason;
import io.pairwire.decode.stream.StreamHandler;
import io.pairwire.decode.stream.StreamSettings;
import io.pairwire.decode.stream.TcpReassembler;
import io.pairwire.decode.stream.TcpStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** Prints what both sides of TCP connections said. Shows fragments and segments put together. */
public final class PrintStreams implements StreamHandler {
    private PrintStreams() {}

    /** @param arguments captures, or folders of them */
    public static void main(String... arguments) throws IOException {
        var decoder = new LayerDecoder();
        var layers = new Layers();
        var defragmenter = new Defragmenter(FragmentSettings.defaults(), new SecureRandom());
        var reassembler = new TcpReassembler(StreamSettings.defaults(), new PrintStreams(), new SecureRandom());
        try (var source = FileSource.open(List.of(arguments))) {
            while (source.poll(
                            packet -> {
                                decoder.decode(packet, layers);
                                Packet whole = packet;
                                if (defragmenter.offer(packet, layers) == FragmentAnswer.COMPLETED) {
                                    whole = defragmenter.datagram();
                                    decoder.decode(whole, layers);
                                }
                                reassembler.offer(
                                        whole, layers); // leaves fragments alone, as it does with all that is not TCP
                            },
                            1000)
                    != PacketSource.END) {}
        }
        reassembler.finish();
    }

    @Override
    public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long epochNanos, long number) {
        var text = new String(memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        System.out.println(side(stream) + "packet " + number + ": " + text.strip());
    }

    @Override
    public void gap(TcpStream stream, long length, GapReason reason) {
        System.out.println(side(stream) + length + " bytes missing");
    }

    private static String side(TcpStream stream) {
        String arrow = stream.direction() == Direction.ORIGINATOR ? " > " : " < ";
        return stream.connection().serial() + arrow;
    }
}
