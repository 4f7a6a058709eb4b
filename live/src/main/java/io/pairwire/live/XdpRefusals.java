package io.pairwire.live;

import io.pairwire.live.DeviceException.Reason;
import io.pairwire.platform.Errno;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.xdp.AttachedProgram;
import io.pairwire.platform.xdp.LoadedProgram;
import io.pairwire.platform.xdp.XdpMode;

/** What to tell somebody who cannot capture by AF_XDP. */
final class XdpRefusals {
    /** With this MTU a frame of the usual Ethernet kind fits into one page with what the kernel adds. */
    private static final int SAFE_MTU = 3_498;

    private XdpRefusals() {}

    /** The program could not be loaded or the map not be made. */
    static DeviceException loading(String device, SystemCallException refused) {
        return switch (refused.errno()) {
            case Errno.EPERM, Errno.EACCES -> missingRight(device, refused);
            case Errno.ENOSYS, Errno.EINVAL ->
                new DeviceException(
                        Reason.NOT_SUPPORTED,
                        device + ": this kernel does not know AF_XDP as it is used here, which takes Linux 5.9 ("
                                + refused.getMessage() + ")",
                        refused);
            default -> refused(device, refused);
        };
    }

    /** The program could not be put on the interface. */
    static DeviceException attaching(NetworkDevice device, XdpMode mode, SystemCallException refused) {
        String name = device.name();
        return switch (refused.errno()) {
            case Errno.EPERM, Errno.EACCES -> missingRight(name, refused);
            case Errno.EBUSY, Errno.EEXIST ->
                new DeviceException(Reason.BUSY, name + ": has an XDP program already" + holder(device), refused);
            case Errno.ERANGE ->
                new DeviceException(
                        Reason.NOT_SUPPORTED,
                        name + ": the MTU of " + device.mtu() + " is too large for XDP in " + said(mode)
                                + " mode. Lower it: ip link set " + name + " mtu " + SAFE_MTU
                                + "; or capture in generic mode, or by packet socket",
                        refused);
            case Errno.EOPNOTSUPP ->
                new DeviceException(
                        Reason.NOT_SUPPORTED,
                        name + ": the driver does not run XDP in " + said(mode) + " mode"
                                + (mode == XdpMode.GENERIC ? "" : "; generic mode runs on every driver"),
                        refused);
            case Errno.EINVAL ->
                new DeviceException(
                        Reason.NOT_SUPPORTED,
                        name + ": the driver refuses XDP in " + said(mode)
                                + " mode as the interface is set up; often the MTU (" + device.mtu()
                                + "), receive offloads (ethtool -K " + name + " lro off) or the number of queues",
                        refused);
            default -> refused(name, refused);
        };
    }

    /** A socket could not be opened on a queue. */
    static DeviceException opening(
            NetworkDevice device, int queue, int queues, long bytes, SystemCallException refused) {
        String name = device.name();
        boolean atMemory = refused.call().contains("XDP_UMEM_REG");
        return switch (refused.errno()) {
            case Errno.EPERM, Errno.EACCES -> missingRight(name, refused);
            case Errno.ENOBUFS, Errno.ENOMEM ->
                new DeviceException(
                        Reason.NO_MEMORY,
                        name + ": the kernel may not lock " + bytes + " bytes for queue " + queue
                                + ". Raise the limit (ulimit -l, or LimitMEMLOCK= of systemd), give CAP_IPC_LOCK,"
                                + " or ask for a smaller ring (" + refused.getMessage() + ")",
                        refused);
            case Errno.EBUSY ->
                new DeviceException(
                        Reason.BUSY, name + ": queue " + queue + " is taken by another AF_XDP socket", refused);
            case Errno.EOPNOTSUPP ->
                new DeviceException(
                        Reason.NOT_SUPPORTED,
                        name + ": the driver has no zero-copy on queue " + queue + "; copy mode runs on every driver ("
                                + refused.getMessage() + ")",
                        refused);
            case Errno.EINVAL ->
                atMemory || queue < queues
                        ? refused(name, refused)
                        : new DeviceException(
                                Reason.NOT_SUPPORTED,
                                name + ": has no queue " + queue + "; its " + queues + " receive "
                                        + (queues == 1 ? "queue is 0" : "queues are 0 to " + (queues - 1)),
                                refused);
            case Errno.ENETDOWN ->
                new DeviceException(
                        Reason.REFUSED, name + ": is down. Bring it up: ip link set " + name + " up", refused);
            case Errno.ENODEV, Errno.ENXIO ->
                new DeviceException(Reason.GONE, name + ": the interface went away", refused);
            default -> refused(name, refused);
        };
    }

    private static DeviceException missingRight(String device, SystemCallException refused) {
        String rights = "cap_net_raw,cap_net_admin,cap_bpf,cap_ipc_lock+ep";
        String home = System.getProperty("java.home");
        return new DeviceException(
                Reason.NOT_PERMITTED,
                device + ": permission denied: AF_XDP needs CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF. Run as root, or"
                        + " give these rights to this Java for good: sudo setcap " + rights + " " + home
                        + "/bin/java && echo " + home + "/lib | sudo tee /etc/ld.so.conf.d/java.conf && sudo ldconfig ("
                        + refused.getMessage() + ")",
                refused);
    }

    /** Who has it; nothing if that may not be asked. */
    private static String holder(NetworkDevice device) {
        try {
            for (AttachedProgram attached : AttachedProgram.list()) {
                if (attached.interfaceIndex() != device.index()) continue;
                for (LoadedProgram program : LoadedProgram.list()) {
                    if (program.id() != attached.programId()) continue;
                    return ": program " + program.id() + " (" + program.name() + "), held by link " + attached.linkId();
                }
            }
            return ", not held by a link. Take it off: ip link set " + device.name() + " xdp off";
        } catch (SystemCallException unknown) {
            return " (by whom this process may not ask: " + unknown.getMessage() + ")";
        }
    }

    private static String said(XdpMode mode) {
        return switch (mode) {
            case NATIVE -> "native";
            case GENERIC -> "generic";
            case OFFLOAD -> "offload";
        };
    }

    private static DeviceException refused(String device, SystemCallException refused) {
        return new DeviceException(Reason.REFUSED, device + ": " + refused.getMessage(), refused);
    }
}
