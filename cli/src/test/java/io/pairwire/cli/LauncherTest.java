package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code pairwire}, with a program of two small jars in place of the real one. */
class LauncherTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private Path checkout;
    private Path home;
    private Shell shell;

    @BeforeEach
    void install() throws IOException {
        checkout = Shell.copyScripts(directory.resolve("a checkout"));
        home = Files.createDirectory(directory.resolve("its home"));
        program(home, "main", "lower");
        shell = new Shell(directory).with("PAIRWIRE_JAVA_HOME", Shell.JDK).with("PAIRWIRE_HOME", home);
    }

    /** The JVM would not notice (JDK-8377932), least of all when length and time of the jar stay the same. */
    @Test
    void new_code_is_seen_whichever_jar_it_is_in() throws Exception {
        assertEquals("main lower [a, b c]\n", start().out());
        var first = cache();

        lowerJar(home, "LOWER");
        assertEquals("main LOWER [a, b c]\n", start().out());
        var second = cache();
        assertNotEquals(first, second);

        mainJar(home, "MAIN");
        assertEquals("MAIN LOWER [a, b c]\n", start().out());
        assertNotEquals(second, cache());
    }

    @Test
    void the_second_start_is_quiet_and_takes_its_classes_from_the_cache() throws Exception {
        assertTrue(start().err().startsWith("pairwire: preparing a faster start"));
        assertEquals("", start().err());

        var log = shell.with("PAIRWIRE_OPTS", "-Xlog:class+load:stderr").run(checkout.resolve("pairwire"));
        assertTrue(log.err().contains("Lower source: shared objects file"), log.err());
    }

    @Test
    void three_first_starts_at_once_all_work_and_leave_one_cache() throws Exception {
        var starts = new ArrayList<Shell.Running>();
        for (int i = 0; i < 3; i++) {
            starts.add(shell.start(List.of(checkout.resolve("pairwire").toString())));
        }
        for (var start : starts) {
            var outcome = start.outcome();
            assertEquals("main lower []\n", outcome.out(), outcome.err());
            assertEquals(0, outcome.exit());
        }
        cache();
        assertEquals("", start().err());
    }

    @Test
    void a_symbolic_link_from_elsewhere_works_and_options_reach_the_jvm() throws Exception {
        var elsewhere = Files.createDirectory(directory.resolve("else where"));
        var link = Files.createSymbolicLink(elsewhere.resolve("pw"), Path.of("..", "a checkout", "pairwire"));
        shell.with("PAIRWIRE_CACHE", "off").with("PAIRWIRE_OPTS", "-XX:+UseParallelGC -Dlower=*");
        var outcome = shell.run(link, "x");
        assertEquals("main * [x]\n", outcome.out(), outcome.err());
        assertEquals("", outcome.err());
    }

    @Test
    void the_exit_code_of_the_program_is_the_exit_code_of_the_launcher() throws Exception {
        assertEquals(
                3,
                shell.with("PAIRWIRE_CACHE", "off")
                        .run(checkout.resolve("pairwire"), "3")
                        .exit());
    }

    @Test
    void a_program_that_cannot_be_trained_is_tried_once_and_starts_without_a_cache() throws Exception {
        shell.with("JAVA_TOOL_OPTIONS", "-Dfail=match");
        assertEquals("main lower [a, b c]\n", start().out());
        assertFalse(start().err().contains("preparing"));
    }

    @Test
    void where_the_jars_are_read_only_the_cache_is_the_users() throws Exception {
        assertTrue(home.toFile().setWritable(false));
        try {
            assumeFalse(Files.isWritable(home), "this user may write everywhere");
            shell.with("XDG_CACHE_HOME", directory.resolve("my cache"));
            assertEquals("main lower [a, b c]\n", start().out());
            assertEquals("", start().err());
            try (var files = Files.walk(directory.resolve("my cache"))) {
                assertEquals(1, files.filter(LauncherTest::isCache).count());
            }
        } finally {
            assertTrue(home.toFile().setWritable(true));
        }
    }

    @Test
    void a_checkout_is_built_on_first_use_and_after_each_change_of_a_source() throws Exception {
        var target = checkout.resolve("cli/target");
        var source = checkout.resolve("decode/src/main/java/Udp.java");
        var obsolete = checkout.resolve("decode/src/main/java/Obsolete.java");
        Files.createDirectories(source.getParent());
        for (var file : List.of(checkout.resolve("pom.xml"), checkout.resolve("decode/pom.xml"), source, obsolete)) {
            Files.writeString(file, "");
            Files.setLastModifiedTime(file, LONG_AGO);
        }
        Files.setLastModifiedTime(source.getParent(), LONG_AGO);
        Files.delete(checkout.resolve("mvnw"));
        Shell.script(
                checkout.resolve("mvnw"), "echo \"building $*\"; cp -R '" + home + "'/. cli/target; exit ${BUILD-0}");
        shell.with("PAIRWIRE_HOME", "").with("PAIRWIRE_CACHE", "off");

        var first = start();
        assertEquals("main lower [a, b c]\n", first.out());
        assertTrue(first.err().startsWith("pairwire: building (first use"), first.err());
        assertTrue(first.err().contains("-pl cli -am package"), first.err());
        assertEquals("", start().err());

        Files.setLastModifiedTime(target.resolve("built"), LONG_AGO);
        Files.setLastModifiedTime(source, FileTime.from(LONG_AGO.toInstant().plusSeconds(1)));
        assertTrue(start().err().contains("building"), "a source is newer than the build");
        assertEquals("", start().err());

        Files.delete(obsolete);
        Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        assertTrue(start().err().contains("building"), "a source is gone");

        shell.with("BUILD", 1);
        var failed = start();
        assertEquals(1, failed.exit());
        assertEquals("", failed.out());
        assertTrue(failed.err().endsWith("pairwire: the build failed\n"), failed.err());
    }

    private Shell.Outcome start() throws Exception {
        return shell.run(checkout.resolve("pairwire"), "a", "b c");
    }

    /** The one cache beside the jars; nothing else may be left of a training. */
    private Path cache() throws IOException {
        try (var files = Files.list(home)) {
            var caches = files.filter(LauncherTest::isCache).toList();
            assertEquals(1, caches.size(), caches.toString());
            assertTrue(Files.size(caches.getFirst()) > 0);
            return caches.getFirst();
        }
    }

    private static boolean isCache(Path file) {
        return file.getFileName().toString().contains(".aot");
    }

    private static void program(Path home, String main, String lower) throws IOException {
        Files.createDirectories(home.resolve("lib"));
        lowerJar(home, lower);
        mainJar(home, main);
    }

    private static void lowerJar(Path home, String text) throws IOException {
        jar(home.resolve("lib/lower.jar"), "Lower", """
                public class Lower {
                    public static String text() { return System.getProperty("lower", "%s"); }
                }
                """.formatted(text), new Manifest());
    }

    private static void mainJar(Path home, String text) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/lower.jar");
        jar(home.resolve("pairwire.jar"), "Main", """
                public class Main {
                    public static void main(String[] a) {
                        System.out.println("%s " + Lower.text() + " " + java.util.List.of(a));
                        if (a.length == 1 && a[0].equals("3")) System.exit(3);
                        if (a.length > 0 && a[0].equals(System.getProperty("fail"))) System.exit(1);
                    }
                }
                """.formatted(text), manifest);
    }

    /** One class in a jar that always bears the same date. */
    private static void jar(Path jar, String name, String source, Manifest manifest) throws IOException {
        var classes = Files.createTempDirectory(jar.getParent().getParent(), "classes");
        var file = Files.writeString(classes.resolve(name + ".java"), source);
        var lib = jar.resolveSibling("lib/lower.jar");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", lib.toString(), "-d", classes.toString(), file.toString());
        assertEquals(0, failed);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            var entry = new JarEntry(name + ".class");
            entry.setLastModifiedTime(LONG_AGO);
            out.putNextEntry(entry);
            Files.copy(classes.resolve(name + ".class"), out);
        }
        Files.setLastModifiedTime(jar, LONG_AGO);
    }
}
