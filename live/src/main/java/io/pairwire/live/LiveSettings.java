package io.pairwire.live;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How to capture.
 *
 * @param device name of the interface, or {@value #ANY} for all of them, as Linux cooked packets
 * @param backend by what means
 * @param snaplen bytes that are captured of a packet at most, 1 to {@value #LONGEST_SNAPLEN}
 * @param promiscuous whether the interface also takes what is addressed to others; without meaning for {@value #ANY}
 * @param monitor whether a wireless interface tells everything on its channel; where the system sets that mode by itself
 * @param immediate whether every packet is told as soon as it comes, at the price of more work for each
 * @param ringBytes of the memory shared with the kernel, at least {@value #SMALLEST_RING}; less is taken if there is not so
 *     much
 * @param latency the longest time that a packet may lie in the ring of a quiet interface, 2 ms to 10 s
 * @param direction which packets
 * @param timestamps whose clock is asked for; {@link LiveSource#timestamps()} tells whose is used
 * @param filters the filter for the link type that the interface turns out to have
 * @param fanoutGroup sources of this process with the same number from 0 to 65535 share the traffic, each flow's packets going
 *     to one of them; -1 for none
 * @param cpu the processor on which the ring is allocated and the polling thread is kept; -1 for any
 * @param file the number that packets tell as {@link io.pairwire.capture.Packet#file()}, from 0
 */
public record LiveSettings(
        String device,
        Backend backend,
        int snaplen,
        boolean promiscuous,
        boolean monitor,
        boolean immediate,
        long ringBytes,
        Duration latency,
        Direction direction,
        TimestampSource timestamps,
        IntFunction<LiveFilter> filters,
        int fanoutGroup,
        int cpu,
        int file) {
    /** The device that stands for all interfaces. */
    public static final String ANY = "any";

    /** As libpcap has it. */
    public static final int LONGEST_SNAPLEN = 262_144;

    public static final long SMALLEST_RING = 1 << 18;

    /** Of a ring unless another is asked for; about 40,000 packets of full length. */
    public static final long RING_BYTES = 64 << 20;

    private static final Duration SHORTEST_LATENCY = Duration.ofMillis(2);
    private static final Duration LONGEST_LATENCY = Duration.ofSeconds(10);
    private static final int MOST_GROUPS = 1 << 16;

    public LiveSettings {
        if (device.isEmpty()) throw new IllegalArgumentException("device is empty");
        if (snaplen < 1 || snaplen > LONGEST_SNAPLEN) {
            throw new IllegalArgumentException("snaplen is not in 1.." + LONGEST_SNAPLEN + ": " + snaplen);
        }
        if (ringBytes < SMALLEST_RING) {
            throw new IllegalArgumentException("ringBytes is below " + SMALLEST_RING + ": " + ringBytes);
        }
        if (latency.compareTo(SHORTEST_LATENCY) < 0 || latency.compareTo(LONGEST_LATENCY) > 0) {
            throw new IllegalArgumentException("latency is not in 2 ms..10 s: " + latency);
        }
        if (fanoutGroup < -1 || fanoutGroup >= MOST_GROUPS) {
            throw new IllegalArgumentException("fanoutGroup is not in -1..65535: " + fanoutGroup);
        }
        if (cpu < -1) throw new IllegalArgumentException("cpu is below -1: " + cpu);
        if (file < 0) throw new IllegalArgumentException("file is negative: " + file);
    }

    /** Everything that an interface sees, promiscuously, within 10 ms. */
    public static LiveSettings of(String device) {
        return new LiveSettings(
                device,
                Backend.AUTO,
                LONGEST_SNAPLEN,
                true,
                false,
                false,
                RING_BYTES,
                Duration.ofMillis(10),
                Direction.BOTH,
                TimestampSource.HOST,
                _ -> LiveFilter.EVERYTHING,
                -1,
                -1,
                0);
    }

    /** Does it stand for all interfaces? */
    public boolean isAny() {
        return device.equals(ANY);
    }

    public LiveSettings withDevice(String device) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withBackend(Backend backend) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withSnaplen(int snaplen) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withPromiscuous(boolean promiscuous) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withMonitor(boolean monitor) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withImmediate(boolean immediate) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withRingBytes(long ringBytes) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withLatency(Duration latency) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withDirection(Direction direction) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withTimestamps(TimestampSource timestamps) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    /** Chosen when the link type is known; a filter that belongs to one thread is made anew for each source. */
    public LiveSettings withFilters(IntFunction<LiveFilter> filters) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withFanoutGroup(int fanoutGroup) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withCpu(int cpu) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }

    public LiveSettings withFile(int file) {
        return new LiveSettings(
                device,
                backend,
                snaplen,
                promiscuous,
                monitor,
                immediate,
                ringBytes,
                latency,
                direction,
                timestamps,
                filters,
                fanoutGroup,
                cpu,
                file);
    }
}
