package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import io.pairwire.dpi.condition.Condition;
import io.pairwire.dpi.condition.ConditionSyntaxException;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.registry.CatalogueBuilder;
import io.pairwire.dpi.registry.Problem;
import io.pairwire.dpi.registry.TableSyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error can happen, and its number tells its category. */
class ErrorCodeTest {
    private static final int PORT = 7777;

    @TempDir
    Path folder;

    /** Says YES and lets a parser do something. */
    private record Doing(String name, List<String> parents, SessionParser does) implements Protocol {
        @Override
        public List<Trigger> triggers() {
            return List.of(Trigger.udp(PORT), Trigger.tcp(PORT));
        }

        @Override
        public Recognition recognise(Payload payload, Session session) {
            return Recognition.YES;
        }

        @Override
        public Optional<SessionParser> parser(Session session) {
            return Optional.of(does);
        }
    }

    private static Set<ErrorCode> errors(SessionParser does, byte[] payload) {
        var catalogue =
                new CatalogueBuilder().with(new Doing("doing", List.of(), does)).build();
        var wire = new Wire(catalogue, SessionSettings.defaults().withMemory(1 << 20), Wanted.ALL);
        new Wire.Talk(PORT).open().ask(payload).ask(payload).over(wire);
        return wire.inspector.errors().keySet();
    }

    private static Wire empty() {
        return new Wire(
                new CatalogueBuilder().build(), SessionSettings.defaults().withMemory(1 << 20), Wanted.NONE);
    }

    @Test
    void each_number_is_there_once_and_in_the_range_of_its_category() {
        var numbers = new HashSet<Integer>();
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(numbers.add(code.number()), code.toString());
            assertTrue(code == ErrorCode.NONE || code.number() % 1000 >= 1 && code.number() % 1000 <= 99);
            assertFalse(code.text().isEmpty() || code.cure().isEmpty());
        }
        assertEquals("memory", ErrorCode.SESSION_EVICTED.category());
        assertEquals("plug-in", ErrorCode.PLUG_IN_PARENT.category());
    }

    @Test
    void each_error_happens_when_it_should() throws Exception {
        Set<ErrorCode> happened = new HashSet<>(List.of(ErrorCode.NONE));
        happened.addAll(errors((_, _) -> 0, new byte[40_000]));
        assertTrue(happened.contains(ErrorCode.STREAM_ABANDONED));
        var list = Attribute.number("doing.value", "a value").list();
        happened.addAll(errors(
                (_, findings) -> {
                    for (int i = 0; i < 2_000; i++) findings.put(list, i);
                    return SessionParser.DONE;
                },
                new byte[10]));
        happened.addAll(errors((_, _) -> SessionParser.VIOLATION, new byte[10]));
        happened.addAll(errors(
                (_, findings) -> {
                    findings.carries("nobody");
                    throw new IllegalStateException("on purpose");
                },
                new byte[10]));
        happened.addAll(errors(
                (_, findings) -> {
                    for (int i = 0; i <= 4096; i++) findings.expect("doing", Transport.TCP, i, i, 1);
                    return SessionParser.DONE;
                },
                new byte[10]));
        happened.addAll(ofPackets());
        happened.addAll(EvasionTest.allErrors());
        happened.addAll(ofInputs());
        happened.addAll(ofTables());
        assertEquals(Set.of(ErrorCode.values()), happened);
    }

    private static Set<ErrorCode> ofPackets() {
        var wire = empty();
        var datagram = Frame.udp("10.0.0.1", 1, "10.0.0.2", PORT).payload(new byte[20]);
        byte[] whole = datagram.toEthernet();
        wire.bytes(Arrays.copyOf(whole, 20)); // IP header malformed, as nothing says that the capture cut it
        wire.cut(whole, 20);
        wire.linkType(whole, 65_000);
        for (int i = 0; i < 16; i++) datagram.vlan(i + 1);
        wire.send(datagram);
        wire.send(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).fragment(1, 8, true).payload(new byte[16]));
        wire.send(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).fragment(1, 8, true).payload(new byte[16]));
        for (int i = 0; i < 16; i++)
            wire.send(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[3]));
        wire.after(-5 * Wire.SECOND)
                .send(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[3]));
        for (int i = 0; i < 3_000; i++)
            wire.send(Frame.tcp(i + 1L, 1, 9L << 24, 2).flags(Tcp.SYN));
        var errors = new ErrorCounts();
        var paths = new PathTable(Catalogue.builtIn(), errors);
        for (int i = 0; i < PathTable.MOST + 2; i++) paths.child(i / 40, 1 + i % 40);
        var happened = new HashSet<>(wire.inspector.errors().keySet());
        happened.addAll(errors.all().keySet());
        return happened;
    }

    private Set<ErrorCode> ofInputs() throws Exception {
        var header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535);
        header.putInt(1);
        byte[] lying = Arrays.copyOf(header.array(), 60);
        Arrays.fill(lying, 24, 60, (byte) 0xff);
        var contents = List.of(Arrays.copyOf(header.array(), 30), lying, new byte[100]);
        var happened = new HashSet<ErrorCode>();
        for (int i = 0; i < contents.size(); i++) {
            Path file = Files.write(folder.resolve(i + ".pcap"), contents.get(i));
            happened.addAll(errors(file));
        }
        Path gone = Files.write(folder.resolve("gone.pcap"), lying);
        try (var source = FileSource.open(List.of(gone.toString()))) {
            Files.delete(gone);
            happened.addAll(errors(source));
        }
        return happened;
    }

    private static Set<ErrorCode> errors(Path file) throws Exception {
        try (var source = FileSource.open(List.of(file.toString()))) {
            return errors(source);
        }
    }

    private static Set<ErrorCode> errors(FileSource source) throws Exception {
        while (source.poll(_ -> {}, 100) != PacketSource.END) {}
        var happened = new HashSet<ErrorCode>();
        source.statistics().damages().forEach(damage -> happened.add(ErrorCode.of(damage)));
        return happened;
    }

    private Set<ErrorCode> ofTables() throws Exception {
        var happened = new HashSet<ErrorCode>();
        var builder = new CatalogueBuilder();
        happened.add(assertThrows(TableSyntaxException.class, () -> builder.withSignatures("s", List.of("wrong")))
                .code());
        happened.add(assertThrows(TableSyntaxException.class, () -> builder.withApplications("a", List.of("wrong")))
                .code());
        happened.add(assertThrows(ConditionSyntaxException.class, () -> Condition.compile("wrong", Catalogue.builtIn()))
                .code());
        Files.writeString(folder.resolve("no.jar"), "no jar");
        SessionParser done = (_, _) -> SessionParser.DONE;
        var catalogue = builder.withFolder(folder)
                .with(new Doing("one", List.of(), done))
                .with(new Doing("one", List.of(), done))
                .with(new Doing("orphan", List.of("nobody"), done))
                .with(new Protocol() {
                    @Override
                    public String name() {
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public List<Trigger> triggers() {
                        return List.of();
                    }

                    @Override
                    public Recognition recognise(Payload payload, Session session) {
                        return Recognition.NEVER;
                    }
                })
                .build();
        assertEquals(0, catalogue.number("orphan"));
        catalogue.problems().stream().map(Problem::code).forEach(happened::add);
        return happened;
    }
}
