package io.pairwire.live;

import io.pairwire.live.DeviceException.Reason;
import io.pairwire.platform.Errno;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What to tell somebody whose packets cannot be sent. */
final class TransmitRefusals {
    private TransmitRefusals() {}

    /** The interface, if it is there and up. */
    static NetworkDevice find(String name) throws IOException {
        var device = NetworkDevices.named(name);
        if (device.isEmpty()) {
            throw new DeviceException(Reason.NO_SUCH_DEVICE, name + ": no such interface");
        }
        if (!device.get().isUp()) throw down(name, null);
        return device.get();
    }

    static DeviceException of(String device, SystemCallException refused) {
        return switch (refused.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                new DeviceException(Reason.NOT_PERMITTED, device + ": " + Refusals.missingRight(), refused);
            case Errno.ENETDOWN -> down(device, refused);
            case Errno.ENODEV, Errno.ENXIO ->
                new DeviceException(Reason.GONE, device + ": the interface went away", refused);
            default -> new DeviceException(Reason.REFUSED, device + ": " + refused.getMessage(), refused);
        };
    }

    /** It has had no room for a long time. */
    static DeviceException stuck(String device) {
        return new DeviceException(
                Reason.BUSY, device + ": has taken no packet for two seconds; is anything connected to it?");
    }

    private static DeviceException down(String device, @Nullable SystemCallException refused) {
        String message = device + ": is down. Bring it up: ip link set " + device + " up";
        return refused == null
                ? new DeviceException(Reason.REFUSED, message)
                : new DeviceException(Reason.REFUSED, message, refused);
    }
}
