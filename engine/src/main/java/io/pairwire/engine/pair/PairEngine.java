package io.pairwire.engine.pair;

import io.pairwire.capture.PacketSource;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineBuilder;
import io.pairwire.engine.EngineSettings;
import java.security.SecureRandom;

/** Engines for the pair kind of matching, with our own parts. */
public final class PairEngine {
    private PairEngine() {}

    /** An engine that pairs what {@code source} delivers; give it a sink and build it. */
    public static EngineBuilder builder(PacketSource source, EngineSettings settings) {
        return Engine.builder()
                .source(source)
                .matcher(new PairMatcher(settings, new SecureRandom()))
                .settings(settings);
    }
}
