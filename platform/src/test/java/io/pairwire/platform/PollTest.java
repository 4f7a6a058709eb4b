package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PollTest {
    private static final long LONG_NANOS = 60_000_000_000L;

    @Test
    void a_wait_ends_when_another_thread_signals() throws Exception {
        try (var quiet = new Wakeup();
                var wakeup = new Wakeup();
                var poll = new Poll(quiet.descriptor(), wakeup.descriptor())) {
            var signalling = Thread.ofPlatform().start(() -> {
                try {
                    wakeup.signal();
                } catch (SystemCallException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(1, poll.await(LONG_NANOS));
            assertEquals(0, poll.found(0));
            assertEquals(Poll.READABLE, poll.found(1));
            signalling.join();
        }
    }

    @Test
    void a_wait_without_time_tells_at_once_that_nothing_is_there() throws SystemCallException {
        try (var quiet = new Wakeup();
                var poll = new Poll(quiet.descriptor())) {
            assertEquals(0, poll.await(0));
            assertEquals(0, poll.await(1_000));
            assertThrows(IllegalArgumentException.class, () -> poll.await(-1));
        }
    }

    @Test
    void a_signal_after_the_end_does_nothing() throws SystemCallException {
        var wakeup = new Wakeup();
        wakeup.close();
        wakeup.signal();
        wakeup.close();
    }
}
