package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RightsTest {
    /** On a thread of its own, which then ends: neither rights nor affinity come back. */
    private static <T> T onAThread(java.util.concurrent.Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    @Test
    void rights_given_up_are_gone_for_that_thread_alone() throws Exception {
        Set<Capability> before = Rights.effective();
        Set<Capability> after = onAThread(() -> {
            Rights.keepOnly(EnumSet.of(Capability.CAP_DAC_OVERRIDE));
            return Rights.effective();
        });
        var expected = EnumSet.of(Capability.CAP_DAC_OVERRIDE);
        expected.retainAll(before);
        assertEquals(expected, after);
        assertEquals(before, Rights.effective());
    }

    @Test
    void a_thread_stays_on_the_processor_it_was_given() throws Exception {
        int first = Affinity.get().nextSetBit(0);
        BitSet after = onAThread(() -> {
            Affinity.pin(first);
            return Affinity.get();
        });
        assertEquals(first, after.nextSetBit(0));
        assertEquals(1, after.cardinality());
    }

    @Test
    void a_processor_that_is_not_there_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Affinity.pin(-1));
        var refused = assertThrows(SystemCallException.class, () -> Affinity.pin(Affinity.MOST_CPUS - 1));
        assertEquals(Errno.EINVAL, refused.errno());
    }

    @Test
    void nobody_becomes_root_by_this() {
        assertThrows(IllegalArgumentException.class, () -> Rights.become(0, 0));
    }
}
