import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A step of the build: gives the classes of a jar a class-file version that the start-up cache of the JVM takes.
 *
 * <p>The cache leaves out classes older than version {@value #OLDEST} ("old class has been linked") and every class that
 * refers to them. picocli's are version 49, so all commands would start without the cache (docs/decisions/0002). Only the
 * version changes and the stack maps which it asks for are added; a jar without old classes is left alone.
 *
 * <p>Arguments: jars, changed in place.
 */
final class RaiseClassVersion {
    private static final int OLDEST = 50;
    private static final int NEW = ClassFile.JAVA_8_VERSION;

    private RaiseClassVersion() {}

    public static void main(String[] args) throws IOException {
        for (String arg : args) raise(Path.of(arg));
    }

    private static void raise(Path jar) throws IOException {
        Path raised = Files.copy(jar, jar.resolveSibling(jar.getFileName() + ".raised"), StandardCopyOption.REPLACE_EXISTING);
        boolean changed = false;
        try (var siblings = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + raised.toUri()), Map.of());
                Stream<Path> entries = Files.walk(files.getPath("/"))) {
            ClassFile classFile = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(siblings)));
            List<Path> classes =
                    entries.filter(entry -> entry.toString().endsWith(".class")).toList();
            for (Path entry : classes) {
                ClassModel model = classFile.parse(Files.readAllBytes(entry));
                if (model.majorVersion() >= OLDEST) continue;
                Files.write(entry, raised(classFile, model));
                changed = true;
            }
        }
        if (changed) Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
        else Files.delete(raised);
    }

    private static byte[] raised(ClassFile classFile, ClassModel model) {
        return classFile.transformClass(
                model,
                ClassTransform.endHandler(builder -> builder.withVersion(NEW, 0))
                        .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
