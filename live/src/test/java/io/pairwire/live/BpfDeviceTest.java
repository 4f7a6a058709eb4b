package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PacketSource;
import io.pairwire.platform.DeviceCalls;
import io.pairwire.platform.Errno;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part for macOS against a table of system calls that plays a BPF device; nothing here has run on a Mac. */
class BpfDeviceTest {
    /** Two devices are taken, the third is free; gives buffers of 4096 bytes at most. */
    private static final class PlayedDevice implements DeviceCalls {
        final List<String> asked = new ArrayList<>();
        final ArrayDeque<byte[]> reads = new ArrayDeque<>();
        int openError;
        int interfaceError;
        int dropped;

        @Override
        public int open(String path, int flags) throws SystemCallException {
            asked.add("open " + path);
            if (openError != 0) throw new SystemCallException("open(" + path + ")", openError);
            if (!path.equals("/dev/bpf2")) throw new SystemCallException("open(" + path + ")", Errno.EBUSY);
            return 42;
        }

        @Override
        public void ioctl(int descriptor, long request, MemorySegment argument, String what)
                throws SystemCallException {
            assertEquals(42, descriptor);
            asked.add(what);
            if (request == BpfDeviceCodes.BIOCSBLEN && argument.get(ValueLayout.JAVA_INT, 0) > 4096) {
                throw new SystemCallException(what, Errno.EINVAL);
            }
            if (request == BpfDeviceCodes.BIOCSETIF) {
                if (interfaceError != 0) throw new SystemCallException(what, interfaceError);
                assertEquals("en0", argument.getString(0));
            }
            if (request == BpfDeviceCodes.BIOCGDLT) argument.set(ValueLayout.JAVA_INT, 0, 1);
            if (request == BpfDeviceCodes.BIOCGSTATS) argument.set(ValueLayout.JAVA_INT, 4, dropped);
        }

        @Override
        public long read(int descriptor, MemorySegment into) {
            assertEquals(4096, into.byteSize(), "a read is as long as the buffer");
            byte[] next = reads.poll();
            if (next == null) return 0;
            MemorySegment.copy(next, 0, into, ValueLayout.JAVA_BYTE, 0, next.length);
            return next.length;
        }

        @Override
        public void close(int descriptor) {
            asked.add("close");
        }
    }

    private static byte[] buffer(int... lengths) {
        MemorySegment memory = MemorySegment.ofArray(new byte[4096]);
        int at = 0;
        int end = 0;
        for (int i = 0; i < lengths.length; i++) {
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, 1_700_000_000);
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + 4, i);
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + 8, lengths[i]);
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + 12, lengths[i] + 1000);
            memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16, (short) 20);
            if (lengths[i] > 0) memory.set(ValueLayout.JAVA_BYTE, at + 20, (byte) (i + 1));
            end = at + 20 + lengths[i];
            at = end + 3 & ~3;
        }
        return java.util.Arrays.copyOf((byte[]) memory.heapBase().orElseThrow(), end);
    }

    /** As computed from {@code bsd/net/bpf.h} of xnu by hand. */
    @Test
    void the_codes_of_requests_are_those_of_the_header() {
        assertEquals(0xc0044266L, BpfDeviceCodes.BIOCSBLEN);
        assertEquals(0x80104267L, BpfDeviceCodes.BIOCSETF);
        assertEquals(0x20004268L, BpfDeviceCodes.BIOCFLUSH);
        assertEquals(0x20004269L, BpfDeviceCodes.BIOCPROMISC);
        assertEquals(0x4004426aL, BpfDeviceCodes.BIOCGDLT);
        assertEquals(0x8020426cL, BpfDeviceCodes.BIOCSETIF);
        assertEquals(0x8010426dL, BpfDeviceCodes.BIOCSRTIMEOUT);
        assertEquals(0x4008426fL, BpfDeviceCodes.BIOCGSTATS);
        assertEquals(0x80044270L, BpfDeviceCodes.BIOCIMMEDIATE);
        assertEquals(0x80044275L, BpfDeviceCodes.BIOCSHDRCMPLT);
        assertEquals(0x80044277L, BpfDeviceCodes.BIOCSSEESENT);
        assertEquals(0x8010427eL, BpfDeviceCodes.BIOCSETFNR);
    }

    @Test
    void the_first_free_device_is_taken_and_its_buffer_set_before_its_interface() throws IOException {
        var played = new PlayedDevice();
        var settings = LiveSettings.of("en0").withRingBytes(1 << 18);
        try (var source = BpfDeviceSource.open(settings, played)) {
            assertEquals(LinkType.ETHERNET, source.linkType());
            assertEquals(List.of("open /dev/bpf0", "open /dev/bpf1", "open /dev/bpf2"), played.asked.subList(0, 3));
            assertTrue(played.asked.lastIndexOf("BIOCSBLEN") < played.asked.indexOf("BIOCSETIF"), played.asked + "");
            assertTrue(played.asked.indexOf("BIOCSETIF") < played.asked.indexOf("BIOCPROMISC"), played.asked + "");
            assertEquals("BIOCSETF", played.asked.getLast());
        }
        assertEquals("close", played.asked.getLast());
    }

    @Test
    void packets_of_a_buffer_are_handed_over_and_a_stop_drains() throws IOException {
        var played = new PlayedDevice();
        played.reads.add(buffer(60, 61, 0, 62));
        played.reads.add(buffer(63));
        played.dropped = 7;
        var seen = new ArrayList<String>();
        try (var source = BpfDeviceSource.open(LiveSettings.of("en0").withRingBytes(1 << 18), played)) {
            source.stop();
            while (source.poll(p -> seen.add(p.capturedLength() + "/" + p.originalLength() + "@" + p.epochNanos()), 3)
                    != PacketSource.END) {}
            var counted = source.liveStatistics();
            assertEquals(new LiveStatistics(12, 5, 0, 7, 0, 0, 0, 0, 5_246, 0), counted);
        }
        assertEquals(
                List.of(
                        "60/1060@1700000000000000000",
                        "61/1061@1700000000000001000",
                        "0/1000@1700000000000002000",
                        "62/1062@1700000000000003000",
                        "63/1063@1700000000000000000"),
                seen);
        assertTrue(played.asked.contains("BIOCSETFNR"), "the buffer is kept while nothing more comes in");
    }

    @Test
    void a_header_that_lies_ends_the_buffer_and_is_counted() throws IOException {
        byte[] lying = buffer(60, 61);
        lying[84] = (byte) 0xff; // captured length of the second packet
        lying[85] = 0x7f;
        lying[88] = (byte) 0xff;
        var played = new PlayedDevice();
        lying[80 + 8 + 3] = 0x7f;
        played.reads.add(lying);
        try (var source = BpfDeviceSource.open(LiveSettings.of("en0").withRingBytes(1 << 18), played)) {
            source.stop();
            int handed = 0;
            int now;
            while ((now = source.poll(_ -> {}, 10)) != PacketSource.END) handed += now;
            assertEquals(1, handed);
            assertEquals(1, source.liveStatistics().droppedApplication());
        }
    }

    @Test
    void refusals_say_what_is_missing() {
        var denied = new PlayedDevice();
        denied.openError = Errno.EACCES;
        var settings = LiveSettings.of("en0");
        var refused = assertThrows(DeviceException.class, () -> BpfDeviceSource.open(settings, denied));
        assertEquals(DeviceException.Reason.NOT_PERMITTED, refused.reason());
        assertTrue(refused.getMessage().contains("/dev/bpf"), refused.getMessage());

        var absent = new PlayedDevice();
        absent.interfaceError = Errno.ENXIO;
        refused = assertThrows(DeviceException.class, () -> BpfDeviceSource.open(settings, absent));
        assertEquals(DeviceException.Reason.NO_SUCH_DEVICE, refused.reason());
        assertEquals("close", absent.asked.getLast());

        refused = assertThrows(
                DeviceException.class,
                () -> BpfDeviceSource.open(LiveSettings.of(LiveSettings.ANY), new PlayedDevice()));
        assertEquals(DeviceException.Reason.NOT_SUPPORTED, refused.reason());
    }
}
