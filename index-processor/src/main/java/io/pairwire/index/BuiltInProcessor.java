package io.pairwire.index;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/** Writes the names of all classes with {@code @BuiltIn} into the list that {@link java.util.ServiceLoader} reads. */
@SupportedAnnotationTypes(BuiltInProcessor.ANNOTATION)
public final class BuiltInProcessor extends AbstractProcessor {
    static final String ANNOTATION = "io.pairwire.dpi.BuiltIn";
    private static final String LIST = "META-INF/services/io.pairwire.dpi.Protocol";

    private final Set<String> names = new TreeSet<>();

    /** For the compiler. */
    public BuiltInProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element marked : round.getElementsAnnotatedWith(annotation)) names.add(marked.toString());
        }
        if (round.processingOver() && !names.isEmpty()) write();
        return true;
    }

    private void write() {
        try (var list = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", LIST)
                .openWriter()) {
            for (String name : names) list.write(name + "\n");
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, LIST + ": " + e);
        }
    }
}
