package io.pairwire.dpi.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.dpi.session.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir
    Path folder;

    private record Named(String name) implements Protocol {
        @Override
        public List<Trigger> triggers() {
            return List.of();
        }

        @Override
        public Recognition recognise(Payload payload, Session session) {
            return Recognition.NEVER;
        }
    }

    @Test
    void built_in_protocols_are_listed_at_compile_time() {
        var catalogue = Catalogue.builtIn();
        for (String name : List.of("dns", "http", "icmp")) assertTrue(catalogue.number(name) > 0, name);
        assertEquals(0, catalogue.number("nothing"));
    }

    @Test
    void a_second_protocol_of_a_name_is_left_out_and_told() {
        var catalogue = new CatalogueBuilder()
                .with(new Named("one"))
                .with(new Named("one"))
                .build();
        assertEquals(1, catalogue.protocols().size());
        assertEquals(
                ErrorCode.PLUG_IN_DUPLICATE, catalogue.problems().getFirst().code());
    }

    @Test
    void a_protocol_that_throws_when_asked_what_it_is_is_left_out_and_told() {
        var thrower = new Protocol() {
            @Override
            public String name() {
                return "thrower";
            }

            @Override
            public List<Trigger> triggers() {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public Recognition recognise(Payload payload, Session session) {
                return Recognition.NEVER;
            }
        };
        var catalogue =
                new CatalogueBuilder().with(thrower).with(new Named("good")).build();
        assertEquals(1, catalogue.protocols().size());
        assertEquals(ErrorCode.PLUG_IN_THREW, catalogue.problems().getFirst().code());
    }

    @Test
    void numbers_stay_when_a_protocol_is_added() {
        var before = Catalogue.builtIn();
        var after = before.with(new Named("added"));
        assertEquals(before.number("dns"), after.number("dns"));
        assertEquals("added", after.name(after.number("added")));
    }

    @Test
    void a_jar_brings_protocols_and_a_broken_one_harms_nobody() throws IOException {
        jar("good.jar", "plug.Good", """
                package plug;
                import io.pairwire.dpi.*;
                import java.util.List;
                public final class Good implements Protocol {
                    public String name() { return "good"; }
                    public List<Trigger> triggers() { return List.of(Trigger.udp(9)); }
                    public Recognition recognise(Payload payload, Session session) { return Recognition.YES; }
                }
                """);
        jar("missing.jar", "plug.Missing", "");
        Files.writeString(folder.resolve("text.jar"), "no jar at all");
        var catalogue = new CatalogueBuilder().withFolder(folder).build();
        assertTrue(catalogue.number("good") > 0);
        assertEquals(1, catalogue.protocols().size());
        assertEquals(2, catalogue.problems().size(), catalogue.problems().toString());
        for (Problem problem : catalogue.problems()) {
            assertEquals(ErrorCode.PLUG_IN_UNREADABLE, problem.code());
            assertTrue(problem.where().endsWith(".jar"), problem.toString());
        }
    }

    @Test
    void each_jar_is_a_module_in_a_layer_of_its_own() throws IOException {
        jar("one.jar", "plug.Good", good("one", "Recognition.YES"));
        jar("two.jar", "plug.Good", good("two", "Recognition.YES"));
        var catalogue = new CatalogueBuilder().withFolder(folder).build();
        assertEquals(List.of(), catalogue.problems());
        var modules = catalogue.protocols().stream()
                .map(protocol -> protocol.getClass().getModule())
                .toList();
        assertEquals(
                List.of("one", "two"), modules.stream().map(Module::getName).toList());
        assertNotSame(modules.getFirst().getLayer(), modules.getLast().getLayer());
        for (Module module : modules) assertNotSame(ModuleLayer.boot(), module.getLayer());
    }

    @Test
    void a_jar_whose_name_makes_no_module_has_a_class_loader_of_its_own() throws IOException {
        jar("1.jar", "plug.Good", good("one", "Recognition.YES"));
        var catalogue = new CatalogueBuilder().withFolder(folder).build();
        assertTrue(catalogue.number("one") > 0, catalogue.problems().toString());
        assertFalse(catalogue.protocols().getFirst().getClass().getModule().isNamed());
    }

    @Test
    void plug_ins_that_fail_are_told_by_number_and_the_others_go_on() throws IOException {
        jar("a.jar", "plug.Good", good("good", "Recognition.YES"));
        jar("b.jar", "plug.Good", good("good", "Recognition.YES"));
        jar("c.jar", "plug.Good", good("thrower", "fail()"));
        jar("d.jar", "plug.Good", good("unborn", "Recognition.YES").replace("//", "public Good() { fail(); }"));
        var catalogue = new CatalogueBuilder().withFolder(folder).build();
        assertEquals(
                List.of(ErrorCode.PLUG_IN_DUPLICATE, ErrorCode.PLUG_IN_THREW),
                catalogue.problems().stream().map(Problem::code).toList());
        assertEquals(
                List.of("good", "thrower"),
                catalogue.protocols().stream().map(Protocol::name).toList());
        var reversed = new CatalogueBuilder()
                .with(catalogue.protocols().getLast())
                .with(catalogue.protocols().getFirst())
                .build();
        for (Catalogue either : List.of(catalogue, reversed)) {
            var wire = new Wire(either, SessionSettings.defaults().withGuessing(false), Wanted.ALL);
            wire.send(Frame.udp("10.0.0.1", 40_001, "10.0.0.2", 9).payload(new byte[4]));
            assertEquals("GOOD", wire.only().label().toUpperCase(Locale.ROOT));
        }
    }

    private static String good(String name, String answer) {
        return """
                package plug;
                import io.pairwire.dpi.*;
                import java.util.List;
                public final class Good implements Protocol {
                    //
                    public String name() { return "%s"; }
                    public List<Trigger> triggers() { return List.of(Trigger.udp(9)); }
                    public Recognition recognise(Payload payload, Session session) { return %s; }
                    private static Recognition fail() { throw new IllegalStateException("on purpose"); }
                }
                """.formatted(name, answer);
    }

    /** A jar that lists one class, compiled from source unless that is empty. */
    private void jar(String file, String name, String source) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes-" + file.replace(".jar", "")));
        String path = name.replace('.', '/');
        try (OutputStream out = Files.newOutputStream(folder.resolve(file));
                var jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("META-INF/services/io.pairwire.dpi.Protocol"));
            jar.write((name + "\n").getBytes(StandardCharsets.UTF_8));
            if (source.isEmpty()) return;
            Path java = classes.resolve(name.substring(name.indexOf('.') + 1) + ".java");
            Files.writeString(java, source);
            String classPath = System.getProperty("java.class.path");
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-cp", classPath, "-d", classes.toString(), java.toString());
            assertEquals(0, code, "the plug-in does not compile");
            jar.putNextEntry(new JarEntry(path + ".class"));
            jar.write(Files.readAllBytes(classes.resolve(path + ".class")));
        }
    }
}
