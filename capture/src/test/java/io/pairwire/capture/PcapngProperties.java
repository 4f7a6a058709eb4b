package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.Captures.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PcapngProperties {

    /** A packet: interface, time in its units, bytes, and what stands beside it. */
    record Written(int number, long units, byte[] frame, int more, List<String> comments, int flags) {}

    @Provide
    Arbitrary<List<CaptureInterface>> interfaces() {
        var texts = Arbitraries.strings().ofMaxLength(9).withChars("aeß漢");
        return Combinators.combine(
                        Arbitraries.of(LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL2, 0xffff),
                        Arbitraries.of(0, 96, 65_535),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(0L, 1L, -1_000L, 1_000_000_000L),
                        Arbitraries.integers().between(-1, 8),
                        texts,
                        texts,
                        texts.list().ofMaxSize(2))
                .as((linkType, snaplen, exponent, offset, fcs, name, filter, comments) -> new CaptureInterface(
                        linkType,
                        snaplen,
                        new TimeResolution(exponent, false),
                        offset,
                        fcs,
                        0,
                        name,
                        "",
                        filter,
                        "",
                        "",
                        comments.stream().filter(comment -> !comment.isEmpty()).toList()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Written>> packets() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs().between(0, 1_000_000_000),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                        Arbitraries.integers().between(0, 2_000),
                        Arbitraries.strings()
                                .alpha()
                                .ofMinLength(1)
                                .ofMaxLength(7)
                                .list()
                                .ofMaxSize(2),
                        Arbitraries.integers())
                .as(Written::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 100)
    void what_was_written_is_read_whatever_the_interfaces(
            @ForAll("interfaces") List<CaptureInterface> interfaces,
            @ForAll("packets") List<Written> packets,
            @ForAll @IntRange(min = 1, max = 100) int buffer)
            throws IOException {
        var told = new CaptureDescription(
                CaptureFormat.PCAPNG,
                List.of(CaptureSection.of(ByteOrder.LITTLE_ENDIAN, 1, 0)),
                interfaces,
                List.of(),
                List.of(),
                List.of(),
                0);
        var out = new ByteArrayOutputStream();
        var expected = new ArrayList<Seen>();
        try (var writer = new PcapngWriter(Channels.newChannel(out), WriteOptions.of(CaptureFormat.PCAPNG))) {
            writer.describe(0, told);
            for (Written packet : packets) expected.add(write(packet, interfaces, writer, expected.size() + 1));
        }
        var reader = CaptureFormat.open(Captures.trickle(out.toByteArray(), 7), buffer);
        var packet = new Packet();
        for (int i = 0; i < packets.size(); i++) {
            reader.next(packet);
            assertEquals(expected.get(i), Seen.of(packet));
            var original = packets.get(i);
            assertEquals(original.number % interfaces.size(), packet.interfaceIndex());
            assertEquals(interfaces.get(packet.interfaceIndex()).linkType(), packet.linkType());
            assertEquals(original.comments, packet.options().comments());
        }
        assertEquals(false, reader.next(packet));
        assertEquals(interfaces, reader.description().interfaces());
    }

    private static Seen write(Written packet, List<CaptureInterface> interfaces, PcapngWriter writer, int number)
            throws IOException {
        int at = packet.number % interfaces.size();
        var described = interfaces.get(at);
        long time = described.resolution().epochNanos(packet.units, described.offsetSeconds());
        int original = packet.frame.length + packet.more;
        writer.write(
                new Packet()
                        .moveTo(MemorySegment.ofArray(packet.frame), 0, packet.frame.length, original, time)
                        .linkType(described.linkType())
                        .interfaceIndex(at),
                packet.comments);
        return new Seen(0, number, time, original, HexFormat.of().formatHex(packet.frame));
    }

    /** Copying a copy changes nothing: options of every kind, both orders. */
    @Property(tries = 60)
    void a_copy_of_a_copy_is_the_same_bytes(@ForAll("packets") List<Written> packets, @ForAll boolean big)
            throws IOException {
        byte[] once = copy(bytes(packets, big));
        assertEquals(HexFormat.of().formatHex(once), HexFormat.of().formatHex(copy(once)));
    }

    private static byte[] copy(byte[] capture) throws IOException {
        var out = new ByteArrayOutputStream();
        var reader = CaptureFormat.open(Captures.channel(capture), 64);
        var packet = new Packet();
        try (var writer = CaptureWriter.open(Channels.newChannel(out), WriteOptions.of(CaptureFormat.PCAPNG))) {
            while (reader.next(packet)) {
                writer.describe(0, reader.description());
                writer.write(packet);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(List<Written> packets, boolean big) {
        var order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var blocks = new Blocks(order).section(order);
        for (int i = 0; i < 4; i++) blocks.describe(i, 0, blocks.option(9, new byte[] {(byte) (3 * i)}));
        for (Written packet : packets) {
            var options = new ArrayList<byte[]>();
            for (String comment : packet.comments) options.add(blocks.option(1, comment));
            options.add(blocks.option32(2, packet.flags));
            options.add(blocks.option64(4, packet.more));
            blocks.enhanced(
                    packet.number,
                    packet.units,
                    packet.frame.length + packet.more,
                    packet.frame,
                    options.toArray(new byte[0][]));
        }
        return blocks.bytes();
    }

    record Change(int at, byte value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(Arbitraries.integers().between(0, 600), Arbitraries.bytes())
                .as(Change::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 400)
    void a_changed_file_ends_or_is_malformed_and_takes_no_more_memory_than_it_has_bytes(
            @ForAll("packets") List<Written> packets, @ForAll boolean big, @ForAll("changes") List<Change> changes)
            throws IOException {
        byte[] bytes = bytes(packets, big);
        for (Change change : changes) bytes[change.at % bytes.length] = change.value;
        HostileCaptures.read(bytes);
    }

    @Property(tries = 200)
    void a_search_in_a_changed_file_gets_on_and_ends(
            @ForAll("packets") List<Written> packets, @ForAll boolean big, @ForAll("changes") List<Change> changes)
            throws IOException {
        byte[] bytes = bytes(packets, big);
        for (Change change : changes) bytes[change.at % bytes.length] = change.value;
        HostileCaptures.readBehindDamages(bytes);
    }

    @Property(tries = 200)
    void any_blocks_after_a_valid_header_end_or_are_malformed(@ForAll @Size(max = 300) byte[] noise)
            throws IOException {
        HostileCaptures.read(Blocks.little().section().raw(noise).bytes());
    }
}
