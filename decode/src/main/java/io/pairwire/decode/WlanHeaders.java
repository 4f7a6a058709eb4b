package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.AggregateSubframe;
import io.pairwire.decode.wire.Avs;
import io.pairwire.decode.wire.FrameCheckSequence;
import io.pairwire.decode.wire.Ieee80211;
import io.pairwire.decode.wire.Ieee802154;
import io.pairwire.decode.wire.MeshControl;
import io.pairwire.decode.wire.Prism;
import io.pairwire.decode.wire.Radiotap;
import io.pairwire.decode.wire.Verdict;

/**
 * Frames of IEEE 802.11 and 802.15.4 and what receivers say of them. A frame whose check sequence was found wrong is
 * decoded like any other: {@link Radiotap#isDamaged} tells.
 */
final class WlanHeaders {
    private static final int MESH_CONTROL_PRESENT = 0x100; // in the quality of service field
    private static final int TAP_HEADER = 4;

    private WlanHeaders() {}

    static void radiotap(Packet packet, Layers layers, int at, int end) {
        Verdict checked = Radiotap.check(packet, at, available(packet, at, end));
        if (!enter(Layer.RADIOTAP, checked, packet, layers, at, end)) return;
        int behind = at + Radiotap.headerLength(packet, at);
        boolean sequence = Radiotap.hasCheckSequence(packet, at) && end - behind >= FrameCheckSequence.LENGTH;
        int frameEnd = sequence ? end - FrameCheckSequence.LENGTH : end;
        frame(packet, layers, behind, frameEnd, Radiotap.isPadded(packet, at));
    }

    /** Prism's header, or AVS's in its place, or none at all: drivers differ. */
    static void prism(Packet packet, Layers layers, int at, int end) {
        int available = available(packet, at, end);
        if (available >= 4 && Avs.isMarked(packet, at)) {
            avs(packet, layers, at, end);
        } else if (available >= 4 && !Prism.isMarked(packet, at)) {
            frame(packet, layers, at, end, false);
        } else if (enter(Layer.PRISM, Prism.check(packet, at, available), packet, layers, at, end)) {
            frame(packet, layers, at + Prism.headerLength(packet, at), end, false);
        }
    }

    static void avs(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.AVS, Avs.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        frame(packet, layers, at + Avs.headerLength(packet, at), end, false);
    }

    /** A frame without check sequence; {@code padded} if its header is filled up to a multiple of four bytes. */
    static void frame(Packet packet, Layers layers, int at, int end, boolean padded) {
        Verdict checked = Ieee80211.check(packet, at, available(packet, at, end));
        if (!enter(Layer.IEEE_802_11, checked, packet, layers, at, end)) return;
        int length = Ieee80211.headerLength(packet, at);
        int behind = at + (padded ? length + 3 & ~3 : length);
        boolean readable = Ieee80211.isDataPresent(packet, at) && !Ieee80211.isProtected(packet, at);
        if (!readable || Ieee80211.fragment(packet, at) != 0) {
            other(packet, layers, behind, end);
            return;
        }
        if (hasMeshControl(packet, at, behind, end)) {
            Verdict mesh = MeshControl.check(packet, behind, available(packet, behind, end));
            if (!enter(Layer.MESH_CONTROL, mesh, packet, layers, behind, end)) return;
            behind += MeshControl.headerLength(packet, behind);
        }
        if (behind >= end) return;
        if (Ieee80211.isAggregate(packet, at)) subframe(packet, layers, behind, end);
        else LinkPayload.llc(packet, layers, behind, end);
    }

    /** Only a mesh sets that bit in frames between stations; from an access point it may mean something else. */
    private static boolean hasMeshControl(Packet packet, int at, int behind, int end) {
        if ((Ieee80211.qualityOfService(packet, at) & MESH_CONTROL_PRESENT) == 0 || behind >= end) return false;
        if (Ieee80211.isBetweenStations(packet, at)) return true;
        boolean group = (Ieee80211.receiver(packet, at) >>> 40 & 1) != 0;
        return Ieee80211.isFromDistribution(packet, at)
                && group
                && available(packet, behind, end) > 0
                && packet.u8(behind) <= 2;
    }

    private static void subframe(Packet packet, Layers layers, int at, int frameEnd) {
        Verdict checked = AggregateSubframe.check(packet, at, available(packet, at, frameEnd));
        if (!enter(Layer.AGGREGATE_SUBFRAME, checked, packet, layers, at, frameEnd)) return;
        int behind = at + AggregateSubframe.LENGTH;
        int length = AggregateSubframe.payloadLength(packet, at);
        if (length > frameEnd - behind) layers.fail(Verdict.MALFORMED, Layer.AGGREGATE_SUBFRAME, at);
        int end = Math.min(length, frameEnd - behind) + behind;
        if (end > behind) LinkPayload.llc(packet, layers, behind, end);
    }

    static void ieee802154(Packet packet, Layers layers, int at, int end) {
        Verdict checked = Ieee802154.check(packet, at, available(packet, at, end));
        if (!enter(Layer.IEEE_802_15_4, checked, packet, layers, at, end)) return;
        other(packet, layers, at + Ieee802154.headerLength(packet, at), end);
    }

    /** The same behind a header of version, length and fields about the reception. */
    static void ieee802154Tap(Packet packet, Layers layers, int at, int end) {
        int available = available(packet, at, end);
        int length = available < TAP_HEADER ? TAP_HEADER : packet.littleU16(at + 2);
        Verdict checked = available < length ? Verdict.TRUNCATED : Verdict.OK;
        if (length < TAP_HEADER) checked = Verdict.MALFORMED;
        if (checked == Verdict.OK) ieee802154(packet, layers, at + length, end);
        else enter(Layer.IEEE_802_15_4, checked, packet, layers, at, end);
    }
}
