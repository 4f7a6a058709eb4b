package io.pairwire.output.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFolderTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final String SHA_256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path parent;

    /** Offers requests for these targets, each with the same answer, on one connection. */
    private static void ask(FileFolder folder, String answer, String... targets) {
        var inspector =
                new Inspector(CATALOGUE, SessionSettings.defaults(), Wanted.NONE, SessionListener.NONE, new Random(1));
        inspector.files(folder);
        long client = 1;
        long server = 1;
        for (String target : targets) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
            offer(inspector, Frame.tcp("10.0.0.1", 4000, "10.0.0.2", 80).sequence(client), request);
            offer(inspector, Frame.tcp("10.0.0.2", 80, "10.0.0.1", 4000).sequence(server), answer);
            client += request.length();
            server += answer.length();
        }
        inspector.finish();
    }

    private static void offer(Inspector inspector, Frame frame, String payload) {
        byte[] bytes =
                frame.payload(payload.getBytes(StandardCharsets.ISO_8859_1)).toEthernet();
        inspector.offer(new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 1)
                .linkType(LinkType.ETHERNET));
    }

    private static String answer(String content) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + content.length() + "\r\n\r\n" + content;
    }

    @Test
    void a_file_lies_there_with_its_line_and_its_digest() throws IOException {
        Path found = parent.resolve("found");
        try (var folder = new FileFolder(found, FileLimits.defaults())) {
            ask(folder, answer("hello"), "/a/page.html?x");
            assertEquals(new FileCounts(1, 1, 0, 0, 0, 5), folder.counts());
        }
        assertEquals("hello", Files.readString(found.resolve("1-1-page.html")));
        assertEquals(
                "{\"file\":\"1-1-page.html\",\"session\":1,\"protocol\":\"http\",\"from\":\"10.0.0.2\",\"to\":\"10.0.0.1\","
                        + "\"name\":\"page.html\",\"media_type\":\"\",\"encoding\":\"\",\"announced_bytes\":5,\"bytes\":5,"
                        + "\"written_bytes\":5,\"missing_bytes\":0,\"complete\":true,\"sha256\":\"" + SHA_256_OF_HELLO
                        + "\"}\n",
                Files.readString(found.resolve(FileFolder.LIST)));
    }

    @Test
    void names_of_strangers_stay_inside_the_folder() {
        assertEquals("passwd", SafeName.of("../../etc/passwd"));
        assertEquals("boot.ini", SafeName.of("C:\\boot.ini"));
        assertEquals("unnamed", SafeName.of(".."));
        assertEquals("unnamed", SafeName.of(""));
        assertEquals("htaccess", SafeName.of(".htaccess"));
        assertEquals("a_b_c.txt", SafeName.of("a b\0\n;c.txt"));
        assertEquals("x".repeat(76) + ".png", SafeName.of("x".repeat(500) + ".png"));
        assertEquals("e", SafeName.of("\u202ee"));
    }

    @Test
    void bounds_hold_and_what_they_cost_is_counted() throws IOException {
        Path found = parent.resolve("found");
        var limits = new FileLimits(4, 10, 3, 2);
        try (var folder = new FileFolder(found, limits)) {
            ask(folder, answer("hello"), "/1", "/2", "/3", "/4", "/5");
            assertEquals(new FileCounts(5, 0, 3, 2, 0, 10), folder.counts());
        }
        assertEquals("hell", Files.readString(found.resolve("1-1-1")));
        assertEquals("he", Files.readString(found.resolve("1-3-3")));
        assertTrue(Files.readString(found.resolve(FileFolder.LIST)).contains(SHA_256_OF_HELLO), "of all bytes");
        assertThrows(IllegalArgumentException.class, () -> new FileLimits(0, 1, 1, 1));
    }

    @Test
    void a_file_that_the_capture_has_not_whole_says_so() throws IOException {
        Path found = parent.resolve("found");
        try (var folder = new FileFolder(found, FileLimits.defaults())) {
            ask(folder, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "/1");
            assertEquals(1, folder.counts().incomplete());
        }
        assertTrue(Files.readString(found.resolve(FileFolder.LIST)).contains("\"complete\":false"));
    }

    @Test
    void a_folder_with_something_in_it_is_left_alone() throws IOException {
        Files.writeString(parent.resolve("mine"), "mine");
        var thrown = assertThrows(IOException.class, () -> new FileFolder(parent, FileLimits.defaults()));
        assertTrue(String.valueOf(thrown.getMessage()).endsWith("is not empty"));
    }

    @Test
    void a_failure_is_thrown_when_asked_for_and_not_by_the_hook() throws IOException {
        Path found = parent.resolve("found");
        var folder = new FileFolder(found, FileLimits.defaults());
        Files.writeString(found.resolve("1-1-taken"), "already here");
        ask(folder, answer("hello"), "/taken", "/other");
        assertThrows(IOException.class, folder::check);
        assertEquals(2, folder.counts().refused());
        assertThrows(IOException.class, folder::close);
        assertFalse(Files.exists(found.resolve(FileFolder.LIST)));
    }
}
