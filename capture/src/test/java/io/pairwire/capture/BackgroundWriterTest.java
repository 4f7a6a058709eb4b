package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundWriterTest {
    private static WritableByteChannel failing(String text) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                throw new IOException(text);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void what_was_written_arrives_in_order_in_each_channel() throws IOException {
        var bytes = new byte[3 * BackgroundWriter.BUFFER + 17];
        new Random(1).nextBytes(bytes);
        var first = new ByteArrayOutputStream();
        var second = new ByteArrayOutputStream();
        try (var background = new BackgroundWriter("test", 2)) {
            var one = background.channel(Channels.newChannel(first), target -> target);
            var two = background.channel(Channels.newChannel(second), target -> target);
            assertEquals(bytes.length, one.write(ByteBuffer.wrap(bytes)));
            two.write(ByteBuffer.wrap(bytes, 0, 5));
            one.write(ByteBuffer.wrap(bytes, 5, 5));
            one.close();
            assertFalse(one.isOpen());
            two.close();
        }
        assertEquals(bytes.length + 5, first.size());
        assertArrayEquals(bytes, java.util.Arrays.copyOf(first.toByteArray(), bytes.length));
        assertEquals(5, second.size());
    }

    @Test
    void the_writer_goes_on_while_the_disk_is_slow_and_waits_when_there_is_no_more_room() throws Exception {
        var release = new CountDownLatch(1);
        var taken = new ByteArrayOutputStream();
        var slow = Channels.newChannel(taken);
        try (var background = new BackgroundWriter("test", 4)) {
            var channel = background.channel(slow, target -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return target;
            });
            for (int i = 0; i < 4; i++) channel.write(ByteBuffer.allocate(10)); // four buffers: none waits
            assertEquals(0, taken.size());
            var fifth = Thread.ofPlatform().start(() -> {
                try {
                    channel.write(ByteBuffer.allocate(10));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            while (fifth.getState() != Thread.State.WAITING) Thread.onSpinWait();
            release.countDown();
            fifth.join();
            channel.close();
        }
        assertEquals(50, taken.size());
    }

    @Test
    void a_failure_comes_out_of_the_next_call_and_again_at_the_end() throws IOException {
        var background = new BackgroundWriter("test", 2);
        var channel = background.channel(failing("the disk is full"), target -> target);
        var refused = assertThrows(IOException.class, () -> {
            while (true) channel.write(ByteBuffer.allocate(1));
        });
        assertEquals("the disk is full", refused.getMessage());
        assertThrows(IOException.class, channel::close);
        refused = assertThrows(IOException.class, background::close);
        assertEquals("the disk is full", refused.getMessage());
    }

    @Test
    void other_work_waits_its_turn() throws IOException {
        List<String> done = new ArrayList<>();
        try (var background = new BackgroundWriter("test", 2)) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                background.later(() -> done.add("" + number));
            }
        }
        assertEquals(100, done.size());
        assertTrue(done.getFirst().equals("0") && done.getLast().equals("99"));
    }
}
