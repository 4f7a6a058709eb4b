package io.pairwire.live;

import io.pairwire.live.DeviceException.Reason;
import io.pairwire.platform.DeviceCalls;
import java.io.IOException;

/** Chooses who captures. */
final class LiveSources {
    private static final String SYSTEM = System.getProperty("os.name");

    private LiveSources() {}

    static LiveSource open(LiveSettings settings) throws IOException {
        return switch (settings.backend()) {
            case AF_XDP -> XdpSource.open(settings, XdpSettings.defaults());
            case AUTO -> openBest(settings);
            case AF_PACKET -> openPacketSocket(settings);
            case BPF_DEVICE -> BpfDeviceSource.open(settings, DeviceCalls.system());
            case LIBPCAP -> PcapLibrarySource.open(settings);
        };
    }

    private static LiveSource openBest(LiveSettings settings) throws IOException {
        if (SYSTEM.startsWith("Linux")) return PacketSocketSource.open(settings);
        if (SYSTEM.startsWith("Mac")) return BpfDeviceSource.open(settings, DeviceCalls.system());
        return PcapLibrarySource.open(settings);
    }

    private static LiveSource openPacketSocket(LiveSettings settings) throws IOException {
        if (SYSTEM.startsWith("Linux")) return PacketSocketSource.open(settings);
        throw new DeviceException(
                Reason.NOT_SUPPORTED, settings.device() + ": packet sockets are of Linux, and this is " + SYSTEM);
    }
}
