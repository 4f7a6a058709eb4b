package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build picks tests by the name of their class; one with another name would be compiled and never run. */
class TestNamesTest {
    private static final Predicate<String> UNIT_TEST = Pattern.compile(
                    "^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example)\\b", Pattern.MULTILINE)
            .asPredicate();
    private static final Predicate<String> FUZZ_TEST =
            Pattern.compile("^\\s*@FuzzTest\\b", Pattern.MULTILINE).asPredicate();
    private static final Predicate<String> CONTRACT = Pattern.compile(
                    "^(public )?(abstract class|interface) ", Pattern.MULTILINE)
            .asPredicate();

    @Test
    void every_class_with_tests_has_a_name_that_the_build_runs() throws IOException {
        assertEquals(
                List.of(), sources(text -> UNIT_TEST.test(text) && !CONTRACT.test(text), name -> !isUnitTest(name)));
        assertEquals(List.of(), sources(FUZZ_TEST, name -> !name.endsWith("FuzzTest.java")));
    }

    @Test
    void a_fuzz_test_shares_its_class_with_no_other_test() throws IOException {
        assertEquals(List.of(), sources(UNIT_TEST, name -> name.endsWith("FuzzTest.java")));
    }

    @Test
    void the_sources_were_really_looked_at() throws IOException {
        assertFalse(sources(UNIT_TEST, TestNamesTest::isUnitTest).isEmpty());
    }

    private static boolean isUnitTest(String name) {
        return (name.endsWith("Test.java") || name.endsWith("Properties.java")) && !name.endsWith("FuzzTest.java");
    }

    /** The test sources of all modules whose text and file name are as asked. */
    private static List<Path> sources(Predicate<String> text, Predicate<String> name) throws IOException {
        try (Stream<Path> modules = Files.list(Shell.checkout())) {
            var found = Stream.<Path>builder();
            for (var tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (var files = Files.walk(tests)) {
                    for (var file : files.filter(file -> file.toString().endsWith(".java"))
                            .toList()) {
                        if (name.test(file.getFileName().toString()) && text.test(Files.readString(file)))
                            found.add(file);
                    }
                }
            }
            return found.build().toList();
        }
    }
}
