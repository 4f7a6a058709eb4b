package io.pairwire.live;

import java.time.Duration;
import java.util.List;

/**
 * What is special about capturing by AF_XDP, beside {@link LiveSettings}; of those the direction has to be {@link Direction#BOTH} or
 * {@link Direction#IN}, and only what comes in is seen. The ring's length is shared out among the queues.
 *
 * @param queues the receive queues, from 0, each once; empty for all that the interface uses
 * @param where where the program runs
 * @param copy whether the card writes into our memory itself
 * @param needWakeup whether the kernel may sleep until it is called
 * @param hugePages whether to ask for memory in huge pages first
 * @param fragments whether packets longer than 3.8 KB are taken, in several frames; Linux 6.6 or later, and not every driver
 * @param filter what is taken from the interface
 * @param patience how long to try again while the interface or a queue is busy, since the kernel lets go of them a moment after
 *     their last user has gone
 */
public record XdpSettings(
        List<Integer> queues,
        Where where,
        Copy copy,
        boolean needWakeup,
        boolean hugePages,
        boolean fragments,
        XdpFilter filter,
        Duration patience) {

    private static final int MOST_QUEUES = 4_096;

    /** Where the program runs. */
    public enum Where {
        /** In the driver where it can, otherwise in the kernel for any driver. */
        AUTO,
        NATIVE,
        GENERIC,
        /** In the card. */
        OFFLOAD
    }

    /** Zero-copy or copy. */
    public enum Copy {
        /** Zero-copy where the driver can. */
        AUTO,
        ZERO_COPY,
        COPY
    }

    public XdpSettings {
        queues = List.copyOf(queues);
        for (int queue : queues) {
            if (queue < 0 || queue >= MOST_QUEUES) {
                throw new IllegalArgumentException("queue is not in 0.." + (MOST_QUEUES - 1) + ": " + queue);
            }
        }
        if (queues.stream().distinct().count() < queues.size()) {
            throw new IllegalArgumentException("a queue is named twice: " + queues);
        }
        if (patience.isNegative() || patience.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("patience is not in 0..1 min: " + patience);
        }
    }

    /** Everything from all queues, by the best means that the driver has. */
    public static XdpSettings defaults() {
        return new XdpSettings(
                List.of(), Where.AUTO, Copy.AUTO, true, true, true, XdpFilter.EVERYTHING, Duration.ofSeconds(2));
    }

    public XdpSettings withQueues(List<Integer> queues) {
        return new XdpSettings(queues, where, copy, needWakeup, hugePages, fragments, filter, patience);
    }

    public XdpSettings withWhere(Where where) {
        return new XdpSettings(queues, where, copy, needWakeup, hugePages, fragments, filter, patience);
    }

    public XdpSettings withCopy(Copy copy) {
        return new XdpSettings(queues, where, copy, needWakeup, hugePages, fragments, filter, patience);
    }

    public XdpSettings withFragments(boolean fragments) {
        return new XdpSettings(queues, where, copy, needWakeup, hugePages, fragments, filter, patience);
    }

    public XdpSettings withFilter(XdpFilter filter) {
        return new XdpSettings(queues, where, copy, needWakeup, hugePages, fragments, filter, patience);
    }

    public XdpSettings withPatience(Duration patience) {
        return new XdpSettings(queues, where, copy, needWakeup, hugePages, fragments, filter, patience);
    }
}
