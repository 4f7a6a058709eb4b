package io.pairwire.engine.fate;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.store.PacketReference;
import java.util.Optional;

/** A packet seen for the second time, with its fate: a view that moves from packet to packet. */
public final class ReviewedPacket {
    final Layers layers = new Layers();
    final PacketBatch batch = PacketBatch.standalone(1);
    private final Review review;
    private Packet packet = new Packet();
    private Fate fate = Fate.NOT_ELIGIBLE;
    private Eligibility eligibility = Eligibility.NOT_IP;
    private int otherFile;
    private long otherNumber;
    private long latencyNanos;
    private boolean asks;
    private boolean late;
    private boolean isEarlier;

    ReviewedPacket(Review review) {
        this.review = review;
    }

    void moveTo(Packet packet, Eligibility eligibility, FateTable fates) {
        this.packet = packet;
        this.eligibility = eligibility;
        boolean found = fates.find(packet.file(), packet.number());
        fate = found ? fates.fate() : eligibility == Eligibility.ELIGIBLE ? Fate.DROPPED : Fate.NOT_ELIGIBLE;
        boolean known = found && !fate.isAlone();
        otherFile = known ? fates.otherFile() : 0;
        otherNumber = known ? fates.otherNumber() : 0;
        latencyNanos = known ? fates.latencyNanos() : 0;
        late = false;
        if (fate.isAlone()) fates.late(packet.file(), packet.number()).ifPresent(this::late);
        asks = late && review.earlierAsks(layers)
                ? isEarlier
                : fate.isPaired() ? fate == Fate.REQUEST : layers.isIp() && review.asks(layers);
    }

    private void late(LatePartners.Partner partner) {
        if (partner.nanos() <= review.expiryNanos()) return; // they missed each other for another reason
        late = true;
        isEarlier = partner.isLater();
        otherFile = PacketReference.file(partner.position());
        otherNumber = PacketReference.number(partner.position());
        latencyNanos = partner.nanos();
    }

    /** The packet itself, as its source shows it. */
    public Packet packet() {
        return packet;
    }

    /** Its layers. */
    public Layers layers() {
        return layers;
    }

    /** The name of the file with that index. */
    public String fileName(int file) {
        return review.fileName(file);
    }

    /** The name of its file. */
    public String file() {
        return review.fileName(packet.file());
    }

    /** What became of it. */
    public Fate fate() {
        return fate;
    }

    /** Why it could not take part, if so. */
    public Eligibility eligibility() {
        return eligibility;
    }

    /** Why it is alone; empty if it is not, or if it could never have had a partner. */
    public Optional<AloneReason> reason() {
        return switch (fate) {
            case EVICTED -> Optional.of(AloneReason.EVICTED);
            case DROPPED -> Optional.of(AloneReason.DROPPED);
            case EXPIRED, UNMATCHED ->
                Optional.of(late ? AloneReason.EXPIRED : review.reason(packet.epochNanos(), asks));
            case NOT_ELIGIBLE ->
                eligibility == Eligibility.TRUNCATED || eligibility == Eligibility.CUT_HEADER
                        ? Optional.of(AloneReason.CUT_PACKET)
                        : Optional.empty();
            case REQUEST, RESPONSE, RETRANSMISSION -> Optional.empty();
        };
    }

    /** Is there another packet: a partner, one that came too late, or the first transmission of the same segment? */
    public boolean hasOther() {
        return late || fate.isPaired() || fate == Fate.RETRANSMISSION;
    }

    /** Is there a packet that would have been its partner, had it come in time? */
    public boolean isLate() {
        return late;
    }

    /** Is the other packet in the same file? */
    public boolean isOtherInSameFile() {
        return otherFile == packet.file();
    }

    /** The index of the other packet's file in the source. */
    public int otherFileIndex() {
        return otherFile;
    }

    /** The name of the other packet's file. */
    public String otherFile() {
        return review.fileName(otherFile);
    }

    /** The number of the other packet in its file, from 1. */
    public long otherNumber() {
        return otherNumber;
    }

    /** The latency of its pair, or the time to the partner that came too late; 0 without one. */
    public long latencyNanos() {
        return latencyNanos;
    }

    /**
     * Does it ask rather than answer? Known for one of a pair; otherwise judged by the request side that was asked for, by
     * who answered in pairs, and by who has the lower port, in this order.
     */
    public boolean asks() {
        return asks;
    }

    /** Does its request go from outside the internal networks to the inside? */
    public boolean isInbound() {
        boolean fromInside = review.isInside(layers, true);
        boolean toInside = review.isInside(layers, false);
        return asks ? !fromInside && toInside : fromInside && !toInside;
    }

    /** The key of its matching, lower half; both packets of a pair and all their copies have the same. Only if eligible. */
    public long keyLow() {
        return batch.keyLow(0);
    }

    /** The key of its matching, upper half. */
    public long keyHigh() {
        return batch.keyHigh(0);
    }

    /** Which packet it is and in which direction it goes, a {@link io.pairwire.engine.store.PacketReference}. */
    public long reference() {
        return batch.reference(0);
    }
}
