package io.pairwire.dpi.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.bytes.ByteCursor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TlsHandshakeProperties {
    /** However messages are cut into records and these into pieces, the same messages come out. */
    @Property(tries = 300)
    void messages_do_not_depend_on_records_or_pieces(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 900) int first) {
        var random = new Random(seed);
        byte[] hello = Hello.named("property.example").protocols("h2").message();
        byte[] certificate = Hello.message(CertificateNames.TYPE, new byte[first]);
        byte[] content = Hello.bytes().raw(hello).raw(certificate).toArray();
        var stream = Hello.bytes();
        for (int at = 0; at < content.length; ) {
            int length = Math.min(content.length - at, 1 + random.nextInt(200));
            stream.raw(Hello.record(new ByteCursor(MemorySegment.ofArray(content), at, length).bytes(length)));
            at += length;
        }
        assertEquals(List.of("1:" + (hello.length - 4), "11:" + first), messages(stream.toArray(), random));
    }

    private static List<String> messages(byte[] stream, Random random) {
        var seen = new ArrayList<String>();
        var handshake = new TlsHandshake((type, body) -> seen.add(type + ":" + body.remaining()));
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(7));
            byte[] piece = new ByteCursor(MemorySegment.ofArray(stream), at, length).bytes(length);
            handshake.offer(MemorySegment.ofArray(piece), 0, length);
            at += length;
        }
        return seen;
    }

    /** The memory ends where the bytes end, so a read past them throws. */
    @Property(tries = 1000)
    void no_bytes_make_a_parser_throw(@ForAll byte[] bytes) {
        ClientHello.read(new ByteCursor(bytes), false).ifPresent(ClientHello::newestVersion);
        ClientHello.read(new ByteCursor(bytes), true);
        ClientHello.readVersion2(new ByteCursor(bytes));
        ServerHello.read(new ByteCursor(bytes)).ifPresent(ServerHello::chosenVersion);
        assertTrue(CertificateNames.read(new ByteCursor(bytes)).hosts().size() <= 256);
        new DtlsHandshake((type, body) -> body.restAsText()).offer(new ByteCursor(bytes));
    }

    @Test
    void a_warning_stands_before_the_hello_and_a_fatal_alert_ends_it() {
        byte[] hello = Hello.named("a.example").record();
        byte[] warning = {21, 3, 3, 0, 2, 1, 112};
        byte[] fatal = {21, 3, 3, 0, 2, 2, 40};
        String told = "1:" + (hello.length - 9);
        var random = new Random(5);
        assertEquals(
                List.of(told), messages(Hello.bytes().raw(warning).raw(hello).toArray(), random));
        assertEquals(List.of(), messages(Hello.bytes().raw(fatal).raw(hello).toArray(), random));
    }

    @Test
    void what_follows_the_change_of_keys_is_not_looked_at() {
        var seen = new ArrayList<Integer>();
        var handshake = new TlsHandshake((type, body) -> seen.add(type));
        byte[] stream = Hello.bytes()
                .raw(Hello.named("a.example").record())
                .raw(new byte[] {20, 3, 3, 0, 1, 1})
                .raw(Hello.named("b.example").record())
                .toArray();
        assertEquals(TlsHandshake.State.ENCRYPTED, handshake.offer(MemorySegment.ofArray(stream), 0, stream.length));
        assertEquals(List.of(ClientHello.TYPE), seen);
    }

    @Test
    void a_name_is_known_before_the_hello_is_whole() {
        byte[] record =
                Hello.named("early.example").extension(0x1234, new byte[3000]).record();
        var handshake = new TlsHandshake((type, body) -> {
            throw new AssertionError("not whole");
        });
        handshake.offer(MemorySegment.ofArray(record), 0, 200);
        assertEquals(ClientHello.TYPE, handshake.unfinishedType());
        var hello = ClientHello.read(handshake.unfinished(), false).orElseThrow();
        assertEquals("early.example", hello.serverName().orElseThrow());
        assertTrue(!hello.isWhole());
    }

    @Test
    void fragments_of_a_dtls_hello_come_in_any_order_and_twice() {
        byte[] hello = Hello.bytes()
                .u16(0xfefd)
                .raw(new byte[32])
                .u8(0)
                .u8(2)
                .u16(0xabcd)
                .u16(2)
                .u16(0xc02b)
                .u8(1)
                .u8(0)
                .toArray();
        var seen = new ArrayList<ClientHello>();
        var handshake = new DtlsHandshake(
                (type, body) -> seen.add(ClientHello.read(body, true).orElseThrow()));
        for (int at : new int[] {20, 0, 20, 10, 30}) {
            int length = Math.min(10, hello.length - at);
            if (at == 30) length = hello.length - at;
            byte[] fragment = new ByteCursor(MemorySegment.ofArray(hello), at, length).bytes(length);
            handshake.offer(new ByteCursor(Hello.bytes()
                    .u8(22)
                    .u16(0xfeff)
                    .u16(0)
                    .raw(new byte[6])
                    .u16(12 + length)
                    .u8(ClientHello.TYPE)
                    .u24(hello.length)
                    .u16(0)
                    .u24(at)
                    .u24(length)
                    .raw(fragment)
                    .toArray()));
        }
        assertEquals(1, seen.size());
        assertEquals(0xc02b, seen.getFirst().cipherSuites()[0]);
    }
}
