package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.CatalogueBuilder;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in project beside this module, compiled as it stands and loaded from a folder of jars. */
class PlugInTest {
    private static final Path PROJECT = Path.of("plug-in");
    private static final String SERVICE = "META-INF/services/io.pairwire.dpi.Protocol";

    @TempDir
    Path folder;

    @Test
    void the_jar_of_the_project_is_loaded_by_itself_and_recognises_its_protocol() throws IOException {
        jar();
        var catalogue = new CatalogueBuilder().withBuiltIn().withFolder(folder).build();
        assertEquals(List.of(), catalogue.problems());
        var protocol = catalogue.protocol(catalogue.number("gopher")).orElseThrow();
        assertNotSame(
                CatalogueBuilder.class.getClassLoader(), protocol.getClass().getClassLoader());
        var told = new ArrayList<String>();
        var listener = new SessionListener() {
            @Override
            public void ended(Session session, EndCause cause) {
                told.add(session.label() + " " + session.confidence().text() + " " + session.path());
            }
        };
        var inspector = new Inspector(catalogue, SessionSettings.defaults(), Wanted.ALL, listener, new Random(1));
        offer(inspector, Frame.tcp("10.0.0.1", 4000, "10.0.0.2", 70).sequence(1), "/\r\n");
        offer(inspector, Frame.tcp("10.0.0.2", 70, "10.0.0.1", 4000).sequence(1), "1About\t/\thost\t70\r\n.\r\n");
        inspector.finish();
        assertEquals(List.of("[Gopher] dpi ethernet.ipv4.tcp.gopher"), told);
    }

    @Test
    void the_project_asks_for_the_version_that_is_built_here() throws IOException {
        String ours = Files.readString(Path.of("pom.xml"));
        int at = ours.indexOf("<version>");
        String version = ours.substring(at + 9, ours.indexOf("</version>", at));
        String its = Files.readString(PROJECT.resolve("pom.xml"));
        assertTrue(its.contains("<pairwire.version>" + version + "</pairwire.version>"), version);
    }

    private void jar() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        var arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-Xlint:all,-path,-classfile",
                "-Werror",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                "" + classes));
        try (var sources = Files.walk(PROJECT.resolve("src/main/java"))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, code, "the plug-in does not compile");
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("gopher.jar")));
                var files = Files.walk(classes)) {
            jar.putNextEntry(new JarEntry(SERVICE));
            jar.write(Files.readAllBytes(PROJECT.resolve("src/main/resources").resolve(SERVICE)));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(file));
            }
        }
    }

    private static void offer(Inspector inspector, Frame frame, String payload) {
        byte[] bytes =
                frame.payload(payload.getBytes(StandardCharsets.US_ASCII)).toEthernet();
        inspector.offer(new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 1)
                .linkType(LinkType.ETHERNET));
    }
}
