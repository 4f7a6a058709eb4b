package io.pairwire.examples;

import io.pairwire.engine.StatisticsListener;
import io.pairwire.engine.StatisticsListenerContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class OneLineStatisticsTest extends StatisticsListenerContract {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Override
    protected StatisticsListener listener() {
        return new OneLineStatistics(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Override
    protected long taken() {
        return printed.toString(StandardCharsets.UTF_8).lines().count();
    }
}
