package io.pairwire.cli;

import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.output.Reasons;
import io.pairwire.output.ResumedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at a settings file while a watch runs, and applies what changes in it, or says why not. */
final class SettingsWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;

    private final Path file;
    private final EngineSettings options;
    private final Optional<Path> output;
    private final Engine engine;
    private final WatchSink sink;
    private final Consumer<String> notices;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("pairwire-settings").unstarted(this::run);
    private SettingsFile.Settings current;
    private String seen;
    private String candidate = "";

    /**
     * @param options what the command line says
     * @param output the file of {@code -o}, empty if there is none that could be exchanged
     * @param current what the file said at the start
     */
    SettingsWatch(
            Path file,
            EngineSettings options,
            Optional<Path> output,
            SettingsFile.Settings current,
            Engine engine,
            WatchSink sink,
            Consumer<String> notices) {
        this.file = file;
        this.options = options;
        this.output = output;
        this.current = current;
        this.engine = engine;
        this.sink = sink;
        this.notices = notices;
        this.seen = stamp();
    }

    SettingsWatch start() {
        thread.start();
        return this;
    }

    /** Changes when the file does; empty while it is not there, as in the middle of being replaced by an editor. */
    private String stamp() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    private void run() {
        try {
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants it any more
        }
    }

    /** Looks once. What has changed is read when it looks the same twice, since an editor may still be writing. */
    void look() {
        String now = stamp();
        boolean stays = now.equals(candidate);
        candidate = now;
        if (now.isEmpty() || now.equals(seen) || !stays) return;
        seen = now;
        try {
            apply(SettingsFile.read(file, options));
        } catch (IllegalArgumentException e) {
            notices.accept(file + ": " + e.getMessage() + "; everything stays as it was");
        } catch (IOException e) {
            notices.accept(file + ": " + Reasons.of(e) + "; everything stays as it was");
        }
    }

    private void apply(SettingsFile.Settings wanted) throws IOException {
        if (wanted.equals(current)) return;
        Optional<Path> to = wanted.output().or(() -> output);
        if (!Objects.equals(to, current.output().or(() -> output))) {
            if (to.isEmpty() || output.isEmpty()) {
                throw new IllegalArgumentException("output can be changed only if there is one by --output FILE");
            }
            var next = ResumedFile.append(to.get()); // if that fails nothing is changed
            engine.atRest(() -> sink.redirect(next));
        }
        if (!wanted.engine().equals(engine.settings())) engine.change(wanted.engine());
        wanted.level().ifPresent(LogLevel::change);
        current = wanted;
        notices.accept(file + ": changed settings are in use");
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
