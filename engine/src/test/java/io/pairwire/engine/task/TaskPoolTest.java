package io.pairwire.engine.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskPoolTest {
    private static final TaskSettings TWO =
            TaskSettings.defaults().withWorkers(2).withRetries(0);

    @Test
    void of_three_hundred_tasks_those_that_fail_hang_or_run_out_of_memory_leave_the_others_untouched()
            throws InterruptedException {
        var release = new CountDownLatch(1);
        try (var pool = new TaskPool(TWO.withTimeout(Duration.ofMillis(300)))) {
            var handles = new ArrayList<TaskHandle<Integer>>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                handles.add(pool.submit(Task.of("task " + i, () -> switch (number) {
                    case 20 -> throw new IOException("garbage");
                    case 40 -> hang(release);
                    case 60 -> throw new OutOfMemoryError("budget");
                    case 80 -> throw new SkippedException("nothing to do");
                    default -> number;
                })));
            }
            for (int i = 0; i < 300; i++) {
                TaskOutcome<Integer> outcome = handles.get(i).await();
                switch (i) {
                    case 20, 60, 80 -> assertInstanceOf(TaskOutcome.Failed.class, outcome);
                    case 40 -> assertInstanceOf(TaskOutcome.TimedOut.class, outcome);
                    default -> assertEquals(new TaskOutcome.Done<>(i), outcome);
                }
            }
            var statistics = pool.statistics();
            assertEquals(296, statistics.done());
            assertEquals(2, statistics.failed());
            assertEquals(1, statistics.timedOut());
            assertEquals(1, statistics.skipped());
            assertEquals(1, statistics.abandoned(), "it does not listen, so its thread is left behind");
        } finally {
            release.countDown();
        }
    }

    /** As a system call that cannot be interrupted. */
    private static int hang(CountDownLatch release) {
        while (release.getCount() > 0) LockSupport.parkNanos(1_000_000);
        return -1;
    }

    @Test
    void a_task_that_allocates_beyond_its_budget_ends_alone_with_the_reason_whether_it_listens_or_not()
            throws InterruptedException {
        var release = new CountDownLatch(1);
        try (var pool = new TaskPool(TWO.withRetries(3).withBudgetBytes(4 << 20))) {
            var listens = pool.submit(Task.of("listens", () -> allocate(() -> !Thread.interrupted())));
            var deaf = pool.submit(Task.of("does not listen", () -> allocate(() -> release.getCount() > 0)));
            var others = new ArrayList<TaskHandle<Integer>>();
            for (int i = 0; i < 50; i++) {
                int bytes = 50_000 + i;
                others.add(pool.submit(Task.of("modest " + i, () -> new byte[bytes].length)));
            }
            for (var greedy : List.of(listens, deaf)) {
                var failed = assertInstanceOf(TaskOutcome.Failed.class, greedy.await());
                assertInstanceOf(MemoryBudgetException.class, failed.cause());
                String reason = failed.cause().getMessage();
                assertTrue(reason.matches("allocated \\d+ bytes, more than its budget of 4194304"), reason);
                assertEquals(1, failed.attempts(), "it would allocate as much again");
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(new TaskOutcome.Done<>(50_000 + i), others.get(i).await(), "50 x 50 kB are no task's own");
            }
            var statistics = pool.statistics();
            assertEquals(2, statistics.failed());
            assertEquals(50, statistics.done());
            assertTrue(statistics.abandoned() >= 1, "the thread that does not listen is left behind");
        } finally {
            release.countDown();
        }
    }

    private static int allocate(BooleanSupplier goesOn) {
        int sum = 0;
        while (goesOn.getAsBoolean()) {
            sum += new byte[(64 << 10) + (sum & 1)].length; // a length nobody knows before, so that it is made
            LockSupport.parkNanos(100_000);
        }
        return sum;
    }

    @Test
    void a_task_that_ended_before_anybody_looked_is_held_to_its_budget_too() throws InterruptedException {
        try (var pool = new TaskPool(TWO.withBudgetBytes(1 << 20))) {
            for (int bytes : new int[] {2 << 20, 3 << 20}) {
                var failed = assertInstanceOf(
                        TaskOutcome.Failed.class,
                        pool.submit(Task.of("quick", () -> new byte[bytes])).await());
                assertInstanceOf(MemoryBudgetException.class, failed.cause());
            }
        }
    }

    @Test
    void greater_priorities_are_begun_first() throws InterruptedException {
        var begin = new CountDownLatch(1);
        var order = new ArrayList<Integer>();
        try (var pool = new TaskPool(TWO.withWorkers(1))) {
            pool.submit(Task.of("first", () -> {
                begin.await();
                return 0;
            }));
            var handles = new ArrayList<TaskHandle<Integer>>();
            for (int priority : new int[] {1, 3, 2, 3}) handles.add(pool.submit(prioritised(priority, order)));
            begin.countDown();
            for (var handle : handles) handle.await();
        }
        assertEquals(List.of(3, 3, 2, 1), order);
    }

    private static Task<Integer> prioritised(int priority, List<Integer> order) {
        return new Task<>() {
            @Override
            public String name() {
                return "priority " + priority;
            }

            @Override
            public int priority() {
                return priority;
            }

            @Override
            public Integer run() {
                order.add(priority);
                return priority;
            }
        };
    }

    @Test
    void a_failure_is_tried_again_and_what_is_skipped_is_not() throws InterruptedException {
        var attempts = new AtomicInteger();
        try (var pool = new TaskPool(TWO.withRetries(2))) {
            var outcome = pool.submit(Task.of("third time", () -> {
                        if (attempts.incrementAndGet() < 3) throw new IOException("not yet");
                        return "done";
                    }))
                    .await();
            assertEquals(new TaskOutcome.Done<>("done"), outcome);
            var failed = pool.submit(Task.of("never", () -> {
                        throw new IOException("never");
                    }))
                    .await();
            assertEquals(3, assertInstanceOf(TaskOutcome.Failed.class, failed).attempts());
            var skipped = pool.submit(Task.of("skipped", () -> {
                        throw new SkippedException("nothing");
                    }))
                    .await();
            assertEquals(1, assertInstanceOf(TaskOutcome.Failed.class, skipped).attempts());
            assertEquals(4, pool.statistics().retried());
        }
    }

    @Test
    void a_cancelled_task_is_interrupted_and_one_that_waits_is_never_begun() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var second = new AtomicInteger();
        try (var pool = new TaskPool(TWO.withWorkers(1))) {
            var running = pool.submit(Task.of("runs", () -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                    return 1;
                } finally {
                    ended.countDown();
                }
            }));
            var waiting = pool.submit(Task.of("waits", second::incrementAndGet));
            begun.await();
            assertTrue(waiting.cancel());
            assertTrue(running.cancel());
            assertFalse(running.cancel());
            ended.await();
            assertInstanceOf(TaskOutcome.Cancelled.class, running.await());
            assertInstanceOf(TaskOutcome.Cancelled.class, waiting.await());
            assertEquals(
                    new TaskOutcome.Done<>(7),
                    pool.submit(Task.of("after", () -> 7)).await());
            assertEquals(0, second.get());
        }
    }

    @Test
    void a_task_that_can_be_ended_for_sure_is() throws InterruptedException {
        var end = new CountDownLatch(1);
        try (var pool = new TaskPool(TWO.withTimeout(Duration.ofMillis(50)))) {
            var handle = pool.submit(new Task<Integer>() {
                @Override
                public String name() {
                    return "a process";
                }

                @Override
                public Integer run() {
                    return hang(end);
                }

                @Override
                public void end() {
                    end.countDown();
                }
            });
            assertInstanceOf(TaskOutcome.TimedOut.class, handle.await());
            assertEquals(0, end.getCount());
        }
    }

    @Test
    void closing_ends_what_runs_and_what_waits() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var pool = new TaskPool(TWO.withWorkers(1));
        var running = pool.submit(Task.of("runs", () -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return 1;
        }));
        var waiting = pool.submit(Task.of("waits", () -> 2));
        begun.await();
        pool.close();
        assertInstanceOf(TaskOutcome.Cancelled.class, running.await());
        assertInstanceOf(TaskOutcome.Cancelled.class, waiting.await());
        assertSame(running.task(), running.task());
    }
}
