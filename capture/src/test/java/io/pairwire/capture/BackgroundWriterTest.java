package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
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
            for (int i = 0; i < 4; i++) flushed(channel); // four buffers: none waits
            assertTrue(background.isHalfFull());
            assertEquals(0, taken.size());
            var fifth = Thread.ofPlatform().start(() -> {
                try {
                    flushed(channel);
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

    private static void flushed(WritableByteChannel channel) throws IOException {
        channel.write(ByteBuffer.allocate(10));
        ((Flushable) channel).flush();
    }

    /** What is written past the page cache has to lie so. */
    @Test
    void pieces_end_at_multiples_of_their_length_whatever_is_written_and_flushed() throws IOException {
        List<Integer> lengths = new ArrayList<>();
        var target = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) {
                int taken = bytes.remaining();
                assertEquals(0, MemorySegment.ofBuffer(bytes).address() % 4096);
                lengths.add(taken);
                bytes.position(bytes.limit());
                return taken;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        int whole = BackgroundWriter.BUFFER;
        try (var background = new BackgroundWriter("test", 2)) {
            var channel = background.channel(target, to -> to);
            flushed(channel);
            channel.write(ByteBuffer.allocate(whole));
            channel.write(ByteBuffer.allocate(whole + 5));
            flushed(channel);
            ((Flushable) channel).flush(); // nothing is left to hand on
            channel.write(ByteBuffer.allocate(3));
            channel.close();
        }
        assertEquals(List.of(10, whole - 10, whole, 25, 3), lengths);
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
