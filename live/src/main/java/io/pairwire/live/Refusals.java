package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.live.DeviceException.Reason;
import io.pairwire.platform.Errno;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.SystemCallException;
import java.util.stream.Collectors;

/** What to tell somebody whose capture cannot begin. */
final class Refusals {
    private Refusals() {}

    /** The interface of the settings. */
    static NetworkDevice find(LiveSettings settings) throws SystemCallException, DeviceException {
        var devices = NetworkDevices.all();
        for (NetworkDevice device : devices) if (device.name().equals(settings.device())) return device;
        throw new DeviceException(
                Reason.NO_SUCH_DEVICE,
                settings.device() + ": no such interface; there are "
                        + devices.stream().map(NetworkDevice::name).collect(Collectors.joining(", ")) + " and any");
    }

    /** Monitor mode is set by those who configure wireless interfaces. */
    static void refuseUnlessMonitoring(LiveSettings settings, int linkType) throws DeviceException {
        if (linkType == LinkType.IEEE802_11 || linkType == LinkType.IEEE802_11_RADIOTAP) return;
        String device = settings.device();
        throw new DeviceException(
                Reason.NOT_SUPPORTED,
                device + ": is not in monitor mode; a wireless interface gets there by: ip link set " + device
                        + " down && iw dev " + device + " set type monitor && ip link set " + device + " up");
    }

    /** A call of the kernel was refused while a source was opened. */
    static DeviceException opening(LiveSettings settings, SystemCallException refused) {
        String device = settings.device();
        return switch (refused.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                new DeviceException(Reason.NOT_PERMITTED, device + ": " + missingRight(), refused);
            case Errno.ENOMEM, Errno.ENOBUFS ->
                new DeviceException(
                        Reason.NO_MEMORY,
                        device + ": no memory for a ring of " + settings.ringBytes() + " bytes; ask for a smaller one ("
                                + refused.getMessage() + ")",
                        refused);
            case Errno.ENODEV, Errno.ENXIO ->
                new DeviceException(Reason.GONE, device + ": the interface went away", refused);
            case Errno.EINVAL, Errno.EBUSY ->
                refused.call().contains("PACKET_FANOUT")
                        ? new DeviceException(
                                Reason.BUSY,
                                device + ": cannot share traffic in group " + settings.fanoutGroup()
                                        + "; the interface is down, or the group is used otherwise ("
                                        + refused.getMessage() + ")",
                                refused)
                        : refused(device, refused);
            default -> refused(device, refused);
        };
    }

    private static DeviceException refused(String device, SystemCallException refused) {
        return new DeviceException(Reason.REFUSED, device + ": " + refused.getMessage(), refused);
    }

    /** Which capability it takes, and how to get it. */
    static String missingRight() {
        String java = System.getProperty("java.home") + "/bin/java";
        return "permission denied: capturing needs CAP_NET_RAW. Run as root, or with this right alone:"
                + " sudo setpriv --reuid $(id -u) --regid $(id -g) --init-groups --inh-caps +net_raw"
                + " --ambient-caps +net_raw COMMAND; or give it to this Java for good: sudo setcap cap_net_raw+ep "
                + java
                + " && echo " + System.getProperty("java.home") + "/lib | sudo tee /etc/ld.so.conf.d/java.conf"
                + " && sudo ldconfig";
    }
}
