package io.pairwire.dpi.registry;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Protocol;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Jars with protocols of others. Each jar has a class loader of its own above ours, so that two may bring different versions
 * of one library; it stays open as long as its protocols are used.
 */
final class ProtocolFolder {
    private final CatalogueBuilder builder;

    ProtocolFolder(CatalogueBuilder builder) {
        this.builder = builder;
    }

    void load(Path folder) throws IOException {
        var jars = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        }
        jars.sort(null);
        for (Path jar : jars) load(jar, jar.toUri().toURL());
    }

    private void load(Path jar, URL url) {
        var loader = new URLClassLoader(jar.getFileName().toString(), new URL[] {url}, Protocol.class.getClassLoader());
        List<ServiceLoader.Provider<Protocol>> providers;
        try {
            providers = ServiceLoader.load(Protocol.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .toList();
        } catch (ServiceConfigurationError e) {
            builder.problem(new Problem(ErrorCode.PLUG_IN_UNREADABLE, jar.toString(), String.valueOf(e.getMessage())));
            return;
        }
        if (providers.isEmpty()) {
            builder.problem(new Problem(ErrorCode.PLUG_IN_UNREADABLE, jar.toString(), "it lists no protocols"));
        }
        for (var provider : providers) {
            try {
                builder.with(provider.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                builder.problem(new Problem(ErrorCode.PLUG_IN_THREW, jar.toString(), String.valueOf(e.getMessage())));
            }
        }
    }
}
