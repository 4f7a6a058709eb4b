package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code .mvn/jdk.sh} among JDKs that are made up, with the usual places replaced by one directory of them. */
class JdkFinderTest {
    @TempDir
    Path directory;

    private Path checkout;
    private Path jdks;
    private Shell shell;

    @BeforeEach
    void hide_the_jdks_of_this_machine() throws IOException {
        checkout = Shell.copyScripts(directory.resolve("a checkout"));
        jdks = Files.createDirectory(directory.resolve("all jdks"));
        Files.writeString(
                checkout.resolve(".mvn/jdk.sh"),
                "jdk_usual_places() { for jdk_home in '" + jdks + "'/*; do jdk_weigh \"$jdk_home\" \"$1\"; done; }\n",
                StandardOpenOption.APPEND);
        var noJava = Shell.script(directory.resolve("bin/java"), "exit 1");
        shell = new Shell(directory).with("PATH", noJava.getParent() + ":" + System.getenv("PATH"));
    }

    static java.util.List<String> shells() {
        return Shell.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void the_oldest_jdk_that_will_do_is_found_among_others(String sh) throws Exception {
        jdk(jdks, "8", "1.8.0_442", "javac");
        jdk(jdks, "17", "17.0.15", "javac");
        jdk(jdks, "24", "24.0.2", "javac");
        jdk(jdks, "26", "26-ea", "javac");
        var expected = jdk(jdks, "a 25", "25.0.3", "javac");
        jdk(jdks, "27", "27", "javac");
        Files.createDirectories(jdks.resolve("broken/bin"));

        assertEquals(expected.toString(), found(sh, "javac"));
    }

    @Test
    void a_runtime_without_compiler_runs_but_does_not_build() throws Exception {
        var runtime = jdk(jdks, "25", "25.0.3");
        assertEquals(runtime.toString(), found("/bin/sh", "java"));
        assertEquals("none", found("/bin/sh", "javac"));

        var compiler = jdk(jdks, "26", "26.0.1", "javac");
        assertEquals(compiler.toString(), found("/bin/sh", "javac"));
    }

    @Test
    void what_the_user_names_comes_before_what_is_found() throws Exception {
        jdk(jdks, "25", "25.0.3", "javac");
        var onPath = jdk(directory, "path 26", "26", "javac");
        var javaHome = jdk(directory, "home 26", "26", "javac");
        var pairwireHome = jdk(directory, "pairwire 26", "26", "javac");

        Files.delete(directory.resolve("bin/java"));
        Files.createSymbolicLink(directory.resolve("bin/java"), onPath.resolve("bin/java"));
        assertEquals(onPath.toRealPath().toString(), found("/bin/sh", "javac"));
        shell.with("JAVA_HOME", javaHome);
        assertEquals(javaHome.toString(), found("/bin/sh", "javac"));
        shell.with("PAIRWIRE_JAVA_HOME", pairwireHome);
        assertEquals(pairwireHome.toString(), found("/bin/sh", "javac"));
    }

    @Test
    void an_old_java_home_is_passed_over() throws Exception {
        var expected = jdk(jdks, "25", "25.0.3", "javac");
        shell.with("JAVA_HOME", jdk(directory, "old", "17.0.15", "javac"));
        assertEquals(expected.toString(), found("/bin/sh", "javac"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "pairwire"})
    void without_a_jdk_25_one_line_says_how_to_get_one(String script) throws Exception {
        jdk(jdks, "17", "17.0.15", "javac");
        var outcome = shell.run(checkout.resolve(script), "--version");
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(
                outcome.err().contains("No JDK 25 or later found: install one (https://adoptium.net"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "pairwire"})
    void a_named_jdk_that_is_too_old_is_an_error_although_others_are_there(String script) throws Exception {
        jdk(jdks, "25", "25.0.3", "javac");
        var old = jdk(directory, "old", "17.0.15", "javac");
        var outcome = shell.with("PAIRWIRE_JAVA_HOME", old).run(checkout.resolve(script), "--version");
        assertEquals(1, outcome.exit());
        assertTrue(outcome.err().endsWith("PAIRWIRE_JAVA_HOME is not a JDK 25 or later: " + old + "\n"), outcome.err());
    }

    /** Both the zip and the tar.gz, which the wrapper takes where unzip is missing. */
    @Test
    void the_wrapper_checks_the_sum_of_what_it_downloads() throws Exception {
        var properties = Files.readString(checkout.resolve(".mvn/wrapper/maven-wrapper.properties"));
        var wrapper = Files.readString(checkout.resolve("mvnw"));
        for (var key : new String[] {"distributionSha256Sum", "distributionTarGzSha256Sum"}) {
            assertTrue(properties.lines().anyMatch(line -> line.matches(key + "=[0-9a-f]{64}")), key);
            assertTrue(wrapper.contains(key), key + " is not read by mvnw");
        }
    }

    /** Globbing is off when asked and must be off again afterwards: mvnw runs like that. */
    private String found(String sh, String tool) throws Exception {
        var outcome = shell.run(
                sh,
                "-c",
                "set -euf; . \"$0\"; if jdk_find \"$1\"; then echo \"$JAVA_HOME\"; else echo none; fi; case $- in *f*) ;; *) exit 9;; esac",
                checkout.resolve(".mvn/jdk.sh"),
                tool);
        assertEquals("", outcome.err());
        assertEquals(0, outcome.exit());
        return outcome.out().strip();
    }

    private static Path jdk(Path parent, String name, String version, String... tools) throws IOException {
        var home = parent.resolve(name);
        Shell.script(home.resolve("bin/java"), "exit 1");
        for (var tool : tools) {
            Shell.script(home.resolve("bin").resolve(tool), "exit 1");
        }
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"x\"\n");
        return home;
    }
}
