package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.rewrite.PacketEditor;
import io.pairwire.engine.replay.ReplayReport;
import io.pairwire.engine.replay.ReplaySettings;
import io.pairwire.engine.replay.ReplaySpeed;
import io.pairwire.engine.replay.Replayer;
import io.pairwire.live.FrameSender;
import io.pairwire.live.Priming;
import io.pairwire.live.TransmitSettings;
import io.pairwire.memory.Pause;
import io.pairwire.output.HistogramFile;
import io.pairwire.output.ReplayText;
import io.pairwire.platform.Capability;
import io.pairwire.platform.Rights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One replay, from opening the interface to the account. Everything happens on the thread that calls, which loses its rights. */
final class ReplayRun {
    private static final int BATCH = 256;
    private static final Duration PRIMING = Duration.ofMillis(40);
    private static final List<ReplaySpeed> PRIMED =
            List.of(new ReplaySpeed.Captured(1e6), new ReplaySpeed.PacketRate(1e9));

    private final TransmitSettings transmit;
    private final ReplaySettings settings;
    private final long loops;
    private final InputOptions inputs;
    private final Optional<PacketFilter> filter;
    private final Optional<PacketEditor> editor;
    private final boolean json;
    private final Optional<Path> histogramFile;
    private final Streams streams;
    private long filtered;

    ReplayRun(
            TransmitSettings transmit,
            ReplaySettings settings,
            long loops,
            InputOptions inputs,
            Optional<PacketFilter> filter,
            Optional<PacketEditor> editor,
            boolean json,
            Optional<Path> histogramFile,
            Streams streams) {
        this.transmit = transmit;
        this.settings = settings;
        this.loops = loops;
        this.inputs = inputs;
        this.filter = filter;
        this.editor = editor;
        this.json = json;
        this.histogramFile = histogramFile;
        this.streams = streams;
    }

    int run() throws IOException {
        for (ReplaySpeed speed : PRIMED) prime(speed);
        try (var signal = StopCopying.listen(streams);
                FileSource first = inputs.open(streams);
                FrameSender sender = FrameSender.open(transmit)) {
            if (System.getProperty("os.name").startsWith("Linux")) {
                Rights.keepOnly(EnumSet.of(Capability.CAP_DAC_OVERRIDE)); // the next loop may need it
            }
            if (!inputs.quiet) streams.tell("sending at " + transmit.device() + "; " + sender.description());
            var watch = new Watch(signal);
            var replayer = new Replayer(sender, settings, System::nanoTime, watch);
            watch.replayer = replayer;
            int code = sendAll(first, replayer, signal);
            signal.finished(code);
            return code;
        }
    }

    /** Has compiled what hands over packets in time, so that the first ones are not late. */
    private static void prime(ReplaySpeed speed) throws IOException {
        try (FrameSender nowhere = FrameSender.nowhere()) {
            var replayer = new Replayer(nowhere, ReplaySettings.at(speed), System::nanoTime, Pause.PARK);
            Priming.run(
                    packet -> {
                        try {
                            replayer.send(packet);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    PRIMING);
            replayer.finish();
        }
    }

    private int sendAll(FileSource first, Replayer replayer, StopCopying signal) throws IOException {
        int code;
        Optional<IOException> failure = Optional.empty();
        try {
            code = send(first, replayer, signal);
            for (long loop = 1; (loop < loops || loops == 0) && !replayer.isOver() && replayer.hasSent(); loop++) {
                replayer.again();
                try (FileSource again = inputs.open(streams)) {
                    read(again, replayer, signal);
                }
            }
            replayer.finish();
        } catch (IOException e) {
            failure = Optional.of(e);
            code = ExitCode.FAILED;
        }
        tell(replayer.report());
        if (failure.isPresent()) throw failure.get();
        filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
        return code;
    }

    private int send(FileSource source, Replayer replayer, StopCopying signal) throws IOException {
        read(source, replayer, signal);
        return InputOptions.tellDamages(source, streams);
    }

    private void read(FileSource source, Replayer replayer, StopCopying signal) throws IOException {
        try (var _ = inputs.watch(source::statistics, inputs.showsProgress(streams), streams)) {
            while (!replayer.isOver()) {
                if (source.poll(packet -> take(packet, replayer), BATCH) == PacketSource.END) return;
                if (signal.isAsked()) replayer.stop();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void take(Packet packet, Replayer replayer) {
        if (replayer.isOver()) return;
        if (filter.isPresent() && !filter.get().matches(packet)) {
            filtered++;
            return;
        }
        try {
            replayer.send(editor.isPresent() ? editor.get().rewrite(packet) : packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(ReplayReport report) throws IOException {
        streams.out()
                .print(
                        json
                                ? ReplayText.json(transmit.device(), report, filtered) + "\n"
                                : ReplayText.of(transmit.device(), report, filtered));
        streams.out().confirm();
        if (!json && editor.isPresent() && editor.get().notUnderstood() > 0 && !inputs.quiet) {
            streams.tell("addresses behind a header that is cut or malformed stayed as they were, in packets: "
                    + editor.get().notUnderstood());
        }
        if (histogramFile.isPresent()) HistogramFile.write(histogramFile.get(), report.lateness());
    }

    /** Waits for packets to be due, with an eye on signals. */
    private static final class Watch implements Pause {
        private final StopCopying signal;
        private @Nullable Replayer replayer;

        Watch(StopCopying signal) {
            this.signal = signal;
        }

        @Override
        public void nanos(long nanos) {
            LockSupport.parkNanos(nanos);
            if (signal.isAsked() && replayer != null) replayer.stop();
        }
    }
}
