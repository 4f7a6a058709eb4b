package io.pairwire.live;

/**
 * What a source can do.
 *
 * @param hardwareTimestamps whether the card stamps packets with its own clock, if asked
 * @param zeroCopy whether the card writes into the memory that packets are handed over from
 * @param batch whether many packets come with one look at shared memory
 * @param kernelFilter whether a program in the kernel refuses what is not wanted
 * @param fanout whether several sources can share the traffic of one interface by flow
 * @param offload whether a program can run in the card
 * @param numaLocal whether its memory lies at the node of the processor it was asked to run on
 * @param transmits whether it can also send
 */
public record LiveCapabilities(
        boolean hardwareTimestamps,
        boolean zeroCopy,
        boolean batch,
        boolean kernelFilter,
        boolean fanout,
        boolean offload,
        boolean numaLocal,
        boolean transmits) {}
