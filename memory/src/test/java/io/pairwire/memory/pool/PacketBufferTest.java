package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketBufferTest {
    private final PacketPool pool =
            new PacketPool(PoolSettings.of(10, 20, 128, 512).withHeadroom(16));

    @AfterEach
    void everything_came_back() {
        assertEquals(0, pool.outstanding());
        pool.close();
    }

    private static void refused(Class<? extends RuntimeException> how, String part, Runnable use) {
        var thrown = assertThrows(how, use::run);
        assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
    }

    @Test
    void fields_are_in_network_order_and_stay_inside_the_data() {
        PacketBuffer buffer = pool.allocate(8);
        buffer.putU32(0, 0xCAFEBABEL);
        buffer.putU16(4, 0x0800);
        buffer.putU8(7, 0xFF);
        assertEquals(0xCA, buffer.u8(0));
        assertEquals(0xFEBA, buffer.u16(1));
        assertEquals(0xCAFEBABEL, buffer.u32(0));
        assertEquals(0xFF, buffer.u8(7));
        for (int at : new int[] {-1, 5, 8, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.u32(at), "at " + at);
        }
        var bytes = new byte[] {1, 2, 3, 4};
        buffer.copyFrom(MemorySegment.ofArray(bytes), 1, 5, 3);
        var copy = new byte[3];
        buffer.copyTo(5, MemorySegment.ofArray(copy), 0, 3);
        assertEquals(2, copy[0]);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.copyTo(6, MemorySegment.ofArray(copy), 0, 3));
        buffer.release();
    }

    @Test
    void room_before_and_behind_is_used_and_given_back() {
        PacketBuffer buffer = pool.allocate(100);
        assertEquals(List.of(16, 12, 128), List.of(buffer.headroom(), buffer.tailroom(), buffer.capacity()));
        buffer.putU8(0, 7);
        buffer.prepend(14).append(12);
        assertEquals(List.of(2, 0, 126), List.of(buffer.headroom(), buffer.tailroom(), buffer.length()));
        assertEquals(7, buffer.u8(14));
        assertThrows(IllegalArgumentException.class, () -> buffer.prepend(3));
        assertThrows(IllegalArgumentException.class, () -> buffer.append(1));
        buffer.trimFront(14).trimEnd(12);
        assertEquals(7, buffer.u8(0));
        assertThrows(IllegalArgumentException.class, () -> buffer.trimEnd(101));
        assertThrows(IllegalArgumentException.class, () -> buffer.trimFront(-1));
        buffer.release();
    }

    @Test
    void metadata_is_kept_and_reset_by_the_next_allocation() {
        PacketBuffer buffer = pool.allocate(10)
                .ingressPort(65535)
                .egressPort(2)
                .vlan(0xE001)
                .epochNanos(-3)
                .flags(0xF0000001)
                .priority(255)
                .flowHash(-9)
                .userWord(0, 11)
                .userWord(1, 12);
        assertEquals(65535, buffer.ingressPort());
        assertEquals(2, buffer.egressPort());
        assertEquals(0xE001, buffer.vlan());
        assertEquals(-3, buffer.epochNanos());
        assertEquals(0xF0000001, buffer.flags());
        assertEquals(255, buffer.priority());
        assertEquals(-9, buffer.flowHash());
        assertEquals(12, buffer.userWord(1));
        buffer.release();
        PacketBuffer again = pool.allocate(10);
        assertSame(buffer, again, "last in, first out");
        assertEquals(0, again.ingressPort() | again.egressPort() | again.vlan() | again.flags() | again.priority());
        assertEquals(0, again.epochNanos() | again.flowHash() | again.userWord(0) | again.userWord(1));
        assertEquals(16, again.offset());
        again.release();
    }

    @Test
    void a_slice_sees_the_same_bytes_and_keeps_its_buffer_in_use() {
        PacketBuffer buffer = pool.allocate(50);
        PacketBuffer slice = buffer.slice(10, 20);
        PacketBuffer inner = slice.slice(5, 5);
        buffer.putU8(15, 42);
        assertEquals(42, slice.u8(5));
        assertEquals(42, inner.u8(0));
        assertEquals(3, pool.references(buffer.handle()));
        assertThrows(IndexOutOfBoundsException.class, () -> inner.u8(5));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(15, 6));
        assertEquals(0, slice.headroom() + slice.tailroom());
        buffer.release();
        slice.release();
        assertEquals(42, inner.u8(0), "the last slice still holds it");
        inner.release();
    }

    @Test
    void a_chain_has_one_length_and_is_released_as_one() {
        PacketBuffer head = pool.allocate(10);
        PacketBuffer large = pool.allocate(400);
        head.chain(pool.allocate(20)).chain(large.slice(0, 30));
        large.release();
        assertEquals(60, head.totalLength());
        assertEquals(3, head.parts());
        assertTrue(head.next().next().next().isNone());
        PacketBuffer shared = head.retain();
        head.release();
        assertEquals(60, shared.totalLength());
        assertEquals(4, pool.outstanding());
        shared.release();
    }

    @Test
    void a_chain_never_bites_its_tail() {
        PacketBuffer head = pool.allocate(1);
        PacketBuffer tail = pool.allocate(1);
        head.chain(tail);
        assertThrows(IllegalArgumentException.class, () -> head.chain(head));
        assertThrows(IllegalArgumentException.class, () -> tail.chain(head));
        assertThrows(IllegalArgumentException.class, () -> head.chain(tail));
        assertThrows(BufferMisuseException.class, () -> head.chain(PacketBuffer.NONE));
        head.release();
    }

    /** Otherwise the buffer would wait for its slice and the slice for its buffer. */
    @Test
    void a_buffer_that_is_shared_gets_nothing_chained_behind_it() {
        PacketBuffer head = pool.allocate(10);
        PacketBuffer slice = head.slice(0, 5);
        assertTrue(head.isShared());
        refused(IllegalArgumentException.class, "more than one reference", () -> head.chain(slice));
        slice.chain(pool.allocate(1));
        assertFalse(slice.isShared());
        PacketBuffer other = pool.allocate(1).chain(slice);
        assertEquals(7, other.totalLength());
        head.release();
        other.release();
    }

    @Test
    void use_after_release_and_double_release_are_named_and_harm_nobody() {
        PacketBuffer buffer = pool.allocate(10);
        int handle = buffer.handle();
        buffer.release();
        refused(BufferMisuseException.class, "released before", () -> buffer.u8(0));
        refused(BufferMisuseException.class, "released before", buffer::release);
        refused(BufferMisuseException.class, "released before", () -> pool.retain(handle));
        refused(BufferMisuseException.class, "released before", () -> pool.buffer(handle));
        PacketBuffer other = pool.allocate(10);
        refused(BufferMisuseException.class, "stale", () -> pool.local().release(handle));
        assertFalse(pool.isLive(handle));
        assertTrue(pool.isLive(other.handle()));
        other.release();
        refused(
                BufferMisuseException.class,
                "stale handle, idle",
                () -> pool.local().release(handle));
    }

    @Test
    void foreign_handles_are_refused() {
        for (int handle : new int[] {0x1FFFFF, 20, 0x7FFFFFFF, 0x80000000, -2, 1 << 29 | 500}) {
            assertFalse(pool.isLive(handle));
            assertThrows(BufferMisuseException.class, () -> pool.local().release(handle), "handle " + handle);
            assertThrows(BufferMisuseException.class, () -> pool.retain(handle), "handle " + handle);
        }
        refused(BufferMisuseException.class, "exhausted", () -> pool.local().release(PacketPool.NONE));
    }

    @Test
    void the_empty_buffer_has_no_bytes_and_no_life() {
        assertTrue(PacketBuffer.NONE.isNone());
        assertEquals(0, PacketBuffer.NONE.length());
        refused(BufferMisuseException.class, "exhausted", () -> PacketBuffer.NONE.u8(0));
        refused(BufferMisuseException.class, "exhausted", PacketBuffer.NONE::release);
        refused(BufferMisuseException.class, "exhausted", PacketBuffer.NONE::retain);
        refused(BufferMisuseException.class, "exhausted", () -> PacketBuffer.NONE.slice(0, 0));
    }

    /** The bit that says so lies in the state, beside the flags of a shared and a chained buffer. */
    @Test
    void metadata_are_reset_however_the_buffer_was_released() {
        int[] handles = new int[1];
        LocalPool local = pool.local();
        for (int way = 0; way < 6; way++) {
            PacketBuffer buffer = pool.allocate(100).vlan(7).userWord(1, 8);
            switch (way) {
                case 0 -> buffer.release();
                case 1 -> local.release(buffer.handle());
                case 2 -> {
                    handles[0] = buffer.handle();
                    local.release(handles, 0, 1);
                }
                case 3 -> {
                    buffer.retain().flowHash(9).release();
                    buffer.release();
                }
                case 4 -> pool.allocate(100).chain(buffer).release();
                default -> {
                    PacketBuffer slice = buffer.slice(0, 10).priority(3);
                    buffer.release();
                    slice.release();
                    assertEquals(0, slice.priority());
                }
            }
            for (int i = 0; i < 2; i++) handles[0] = local.allocate(100);
            assertEquals(0, buffer.vlan() + buffer.userWord(1) + buffer.flowHash(), "way " + way);
            pool.active(10).forEach(each -> local.release(each.handle()));
        }
    }

    @Test
    void metadata_are_not_written_into_a_buffer_that_was_released() {
        PacketBuffer buffer = pool.allocate(100);
        buffer.release();
        refused(BufferMisuseException.class, "was released before", () -> buffer.vlan(7));
        refused(BufferMisuseException.class, "exhausted", () -> PacketBuffer.NONE.epochNanos(1));
        assertEquals(0, pool.allocate(100).vlan());
        pool.active(10).forEach(each -> pool.local().release(each.handle()));
    }

    @Test
    void buffers_of_two_pools_released_in_turn_go_back_each_to_its_own() {
        try (var other = new PacketPool(PoolSettings.of(10, 20, 128))) {
            for (int turn = 0; turn < 100; turn++) {
                PacketBuffer here = pool.allocate(10);
                PacketBuffer there = other.allocate(10);
                here.release();
                there.release();
            }
            assertEquals(0, other.outstanding());
            assertEquals(100, other.statistics().releases());
            PacketBuffer late = other.allocate(10);
            other.close();
            refused(BufferMisuseException.class, "closed", late::release);
        }
    }
}
