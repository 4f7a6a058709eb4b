package io.pairwire.live;

import java.io.IOException;

/** Chooses who captures. */
final class LiveSources {
    private LiveSources() {}

    static LiveSource open(LiveSettings settings) throws IOException {
        return switch (settings.backend()) {
            case AF_XDP -> XdpSource.open(settings, XdpSettings.defaults());
            case AUTO, AF_PACKET, BPF_DEVICE, LIBPCAP -> PacketSocketSource.open(settings);
        };
    }
}
