package io.pairwire.dpi.registry;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Protocol;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Jars with protocols of others. Each jar is a module in a layer of its own, with a class loader of its own above ours, so that
 * two may bring different versions of one library; it stays open as long as its protocols are used. A jar that is no module, as
 * its file name gives none or it wants modules that are not there, has the class loader alone.
 */
final class ProtocolFolder {
    private final CatalogueBuilder builder;

    ProtocolFolder(CatalogueBuilder builder) {
        this.builder = builder;
    }

    void loadAll(Path folder) throws IOException {
        var jars = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        }
        jars.sort(null);
        for (Path jar : jars) load(jar);
    }

    private void load(Path jar) throws IOException {
        List<ServiceLoader.Provider<Protocol>> providers;
        try {
            Optional<ModuleLayer> layer = layer(jar);
            providers = layer.isPresent() ? ofLayer(layer.get()) : ofClassPath(jar);
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

    /** The jar as a module in its own layer; nothing if it cannot be one. */
    private static Optional<ModuleLayer> layer(Path jar) {
        ModuleLayer ours =
                Optional.ofNullable(Protocol.class.getModule().getLayer()).orElse(ModuleLayer.boot());
        try {
            ModuleFinder finder = ModuleFinder.of(jar);
            var names = finder.findAll().stream()
                    .map(ModuleReference::descriptor)
                    .map(descriptor -> descriptor.name())
                    .collect(Collectors.toSet());
            var configuration = ours.configuration().resolve(finder, ModuleFinder.of(), names);
            return Optional.of(ours.defineModulesWithOneLoader(configuration, Protocol.class.getClassLoader()));
        } catch (FindException | ResolutionException | LayerInstantiationException e) {
            return Optional.empty(); // the class loader tells what is wrong, if anything is
        }
    }

    private static List<ServiceLoader.Provider<Protocol>> ofLayer(ModuleLayer layer) {
        return ServiceLoader.load(layer, Protocol.class).stream()
                .filter(provider -> provider.type().getModule().getLayer() == layer)
                .toList();
    }

    private static List<ServiceLoader.Provider<Protocol>> ofClassPath(Path jar) throws IOException {
        var urls = new URL[] {jar.toUri().toURL()};
        var loader = new URLClassLoader(jar.getFileName().toString(), urls, Protocol.class.getClassLoader());
        return ServiceLoader.load(Protocol.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader)
                .toList();
    }
}
