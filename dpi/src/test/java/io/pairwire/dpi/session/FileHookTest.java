package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.FileHook;
import io.pairwire.dpi.FileReceiver;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files come out of sessions as they were sent, however they were cut. */
class FileHookTest {
    private final List<String> told = new ArrayList<>();
    private final Wire wire = new Wire(Catalogue.builtIn(), SessionSettings.defaults(), Wanted.NONE);

    FileHookTest() {
        wire.inspector.files(new FileHook() {
            @Override
            public Optional<FileReceiver> begins(Session session, CarriedFile file) {
                return Optional.of(new Collected(file));
            }

            @Override
            public void sessionEnded(Session session) {
                told.add("session over");
            }
        });
    }

    /** Writes down what it gets. */
    private final class Collected implements FileReceiver {
        private final CarriedFile file;
        private final StringBuilder text = new StringBuilder();
        private final int place = told.size();

        Collected(CarriedFile file) {
            this.file = file;
            told.add("");
            write("");
        }

        private void write(String end) {
            told.set(
                    place,
                    file.protocol() + " " + file.name() + " " + file.mediaType() + " " + file.length() + " "
                            + file.direction() + ": " + text + end);
        }

        @Override
        public void bytes(MemorySegment memory, long at, int length) {
            byte[] bytes = memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
            write("");
        }

        @Override
        public void gap(long length) {
            text.append('<').append(length).append('>');
            write("");
        }

        @Override
        public void ends() {
            write(" END");
        }
    }

    private static final List<String> HTTP = List.of(
            "http form  5 ORIGINATOR: a=b&c END",
            "http a name.txt text/plain 12 RESPONDER: hello\r\n\r\nyou END",
            "http b.bin  -1 RESPONDER: chunky bytes END",
            "http c.html text/html -1 RESPONDER: to the end",
            "session over");

    private static Wire.Talk http() {
        return new Wire.Talk(80)
                .open()
                .ask("POST /up/form HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\na=b&c")
                .answer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n"
                        + "Content-Disposition: attachment; filename=\"a name.txt\"\r\n\r\nhello\r\n\r\nyou")
                .ask("HEAD /none HTTP/1.1\r\nHost: h\r\n\r\nGET /x/b.bin?q=1/2 HTTP/1.1\r\nHost: h\r\n\r\n")
                .answer("HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n")
                .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nchunky \r\n5;x=y\r\nbytes\r\n0\r\n"
                        + "Trailer: t\r\n\r\n")
                .ask("GET /c.html HTTP/1.0\r\n\r\n")
                .answer("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nto the end")
                .close();
    }

    @Test
    void bodies_of_http_with_a_length_in_chunks_and_to_the_end() {
        http().over(wire).finish();
        assertEquals(HTTP, told);
    }

    @Test
    void however_segments_are_cut() {
        for (int seed = 1; seed <= 20; seed++) {
            told.clear();
            var again = new FileHookTest();
            for (Frame frame : cut(http(), new Random(seed))) again.wire.send(frame);
            again.wire.finish();
            assertEquals(HTTP, again.told, "seed " + seed);
        }
    }

    /** The same bytes in segments of 1 to 7. */
    private static List<Frame> cut(Wire.Talk talk, Random random) {
        var frames = new ArrayList<Frame>();
        for (Wire.Turn turn : talk.turns()) {
            for (int at = 0; at < turn.bytes().length; ) {
                int length = Math.min(turn.bytes().length - at, 1 + random.nextInt(7));
                frames.add(turn.segment(at, length));
                at += length;
            }
        }
        return frames;
    }

    @Test
    void what_the_capture_has_not_got_is_told() {
        var talk = new Wire.Talk(80).open().ask("GET /f HTTP/1.1\r\nHost: h\r\n\r\n");
        talk.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        talk.server += 4; // never sent here
        talk.answer("hij");
        talk.close().over(wire).finish();
        assertEquals(List.of("http f  10 RESPONDER: abc<4>hij END", "session over"), told);
    }

    @Test
    void mail_without_the_points_that_hide_points() {
        new Wire.Talk(25)
                .open()
                .answer("220 mail.example ESMTP\r\n")
                .ask("EHLO me\r\n")
                .answer("250 hi\r\n")
                .ask("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n")
                .answer("354 go\r\n")
                .ask("Subject: s\r\n\r\n..one\r\ntwo\r\n.\r\nQUIT\r\n")
                .close()
                .over(wire)
                .finish();
        assertEquals(
                List.of(
                        "smtp message.eml message/rfc822 -1 ORIGINATOR: Subject: s\r\n\r\n.one\r\ntwo\r\n END",
                        "session over"),
                told);
    }

    @Test
    void what_ftp_moves_ends_with_its_session() {
        new Wire.Talk(21)
                .open()
                .answer("220 FTP server\r\n")
                .ask("USER u\r\n")
                .answer("230 in\r\n")
                .ask("PASV\r\n")
                .answer("227 Entering Passive Mode (10,0,0,2,156,64)\r\n")
                .over(wire);
        var data =
                new Wire.Talk(156 << 8 | 64).open().answer("content of a file").close();
        data.over(wire).finish();
        assertEquals("ftp_data   -1 RESPONDER: content of a file", told.getFirst());
    }

    @Test
    void a_hook_that_throws_does_not_stop_the_others() {
        wire.inspector.files(new FileHook() {
            @Override
            public Optional<FileReceiver> begins(Session session, CarriedFile file) {
                throw new IllegalStateException("on purpose");
            }
        });
        http().over(wire).finish();
        assertEquals("HTTP", wire.ended.getFirst().label());
        assertTrue(
                wire.inspector.thrown().containsKey("http"),
                wire.inspector.thrown().toString());
    }
}
