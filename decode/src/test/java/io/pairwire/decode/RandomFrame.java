package io.pairwire.decode;

import static io.pairwire.capture.LinkType.*;

import io.pairwire.decode.craft.Frame;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A frame of random make, and what a decoder should say of it. */
final class RandomFrame {
    private static final int[] EXTENSIONS = {0, 43, 60, 51, 135, 139, 140};
    private static final List<Layer> EXTENSION_LAYERS = List.of(
            Layer.IPV6_HOP_BY_HOP,
            Layer.IPV6_ROUTING,
            Layer.IPV6_DESTINATION_OPTIONS,
            Layer.AUTHENTICATION_HEADER,
            Layer.MOBILITY,
            Layer.HOST_IDENTITY,
            Layer.SHIM6);
    private static final int[] LINK_TYPES = {
        ETHERNET, ETHERNET, ETHERNET, LINUX_SLL, LINUX_SLL2, NULL, LOOP, RAW, DLT_RAW, DLT_RAW_OPENBSD, IPV4
    };

    final byte[] bytes;
    final int linkType;
    final List<Layer> layers = new ArrayList<>();
    final int ipVersion;
    final long[] addresses; // high and low of source, then of destination
    final int ipProtocol;
    final int transport; // 0 if none
    final int sourcePort;
    final int destinationPort;
    final int fragmentOffset;
    final boolean moreFragments;
    final byte[] payload;
    private final WrappedLink wrapping; // null if the frame writes its link header itself

    /** The same seed makes the same frame. */
    RandomFrame(long seed) {
        var random = new Random(seed);
        boolean ipv6 = random.nextBoolean();
        ipVersion = ipv6 ? 6 : 4;
        addresses = new long[] {
            ipv6 ? random.nextLong() : 0,
            ipv6 ? random.nextLong() : random.nextInt() & 0xffff_ffffL,
            ipv6 ? random.nextLong() : 0,
            ipv6 ? random.nextLong() : random.nextInt() & 0xffff_ffffL
        };
        sourcePort = random.nextInt(65536);
        destinationPort = random.nextInt(65536);
        payload = new byte[1 + random.nextInt(random.nextInt(5) == 0 ? 1500 : 80)];
        random.nextBytes(payload);

        int kind = random.nextInt(5);
        Frame frame = switch (kind) {
            case 0 -> Frame.udp(0L, sourcePort, 0L, destinationPort);
            case 1 ->
                Frame.tcp(0L, sourcePort, 0L, destinationPort)
                        .sequence(random.nextInt())
                        .flags(random.nextInt(4096))
                        .options(random.nextBoolean() ? new byte[0] : new byte[random.nextInt(41)]);
            case 2 -> Frame.sctp(0L, sourcePort, 0L, destinationPort);
            case 3 -> Frame.icmpEcho("0.0.0.0", "0.0.0.0", 1, 2);
            default -> Frame.ip("0.0.0.0", "0.0.0.0", 47);
        };
        if (ipv6) frame.between(addresses[0], addresses[1], addresses[2], addresses[3]);
        else frame.between(addresses[1], addresses[3]);
        frame.payload(payload);

        boolean wrapped = random.nextInt(3) == 0 && payload.length <= 80; // a length of 802.3 ends at 1500
        wrapping = wrapped ? WrappedLink.ALL.get(random.nextInt(WrappedLink.ALL.size())) : null;
        if (wrapping != null) {
            linkType = wrapping.linkType();
            layers.addAll(wrapping.layers());
        } else {
            linkType = ipv6 && random.nextInt(10) == 0
                    ? IPV6
                    : LINK_TYPES[random.nextInt(LINK_TYPES.length - (ipv6 ? 1 : 0))];
            link(frame, random);
        }
        layers.add(ipv6 ? Layer.IPV6 : Layer.IPV4);
        if (!ipv6 && random.nextInt(3) == 0) frame.ipv4Options(new byte[random.nextInt(41)]);
        if (ipv6) extensions(frame, random);

        boolean fragment = random.nextInt(4) == 0;
        fragmentOffset = fragment && random.nextBoolean() ? 8 * (1 + random.nextInt(8191)) : 0;
        moreFragments = fragment && random.nextBoolean();
        if (fragment) {
            frame.fragment(random.nextInt(), fragmentOffset, moreFragments);
            if (ipv6) layers.add(Layer.IPV6_FRAGMENT);
        }

        layers.add(fragmentOffset > 0 ? Layer.OTHER : upper(kind, ipv6));
        int protocol = new int[] {17, 6, 132, ipv6 ? 58 : 1, 47}[kind];
        ipProtocol = protocol;
        transport = kind < 3 && fragmentOffset == 0 ? protocol : 0;
        if (wrapping == null && random.nextInt(3) == 0) {
            frame.padTo(written(frame).length + random.nextInt(50), random);
        }
        bytes = written(frame);
    }

    private static Layer upper(int kind, boolean ipv6) {
        return switch (kind) {
            case 0 -> Layer.UDP;
            case 1 -> Layer.TCP;
            case 2 -> Layer.SCTP;
            case 3 -> ipv6 ? Layer.ICMPV6 : Layer.ICMP;
            default -> Layer.OTHER;
        };
    }

    private void link(Frame frame, Random random) {
        switch (linkType) {
            case ETHERNET -> layers.add(Layer.ETHERNET);
            case LINUX_SLL -> layers.add(Layer.LINUX_COOKED);
            case LINUX_SLL2 -> layers.add(Layer.LINUX_COOKED_2);
            case NULL, LOOP -> layers.add(Layer.NULL_LOOPBACK);
            default -> {}
        }
        if (linkType != ETHERNET && linkType != LINUX_SLL && linkType != LINUX_SLL2) return;
        for (int tags = Math.max(0, random.nextInt(5) - 2); tags > 0; tags--) {
            frame.tag(random.nextInt(4) == 0 ? 0x9100 : 0, random.nextInt(65536));
            layers.add(Layer.VLAN);
        }
        for (int labels = Math.max(0, random.nextInt(6) - 3); labels > 0; labels--) {
            frame.mpls(random.nextInt(1 << 20));
            layers.add(Layer.MPLS);
        }
    }

    private void extensions(Frame frame, Random random) {
        for (int left = Math.max(0, random.nextInt(6) - 2); left > 0; left--) {
            int chosen = random.nextInt(EXTENSIONS.length);
            frame.ipv6Extension(EXTENSIONS[chosen], new byte[10 + random.nextInt(60)]);
            layers.add(EXTENSION_LAYERS.get(chosen));
        }
    }

    private byte[] written(Frame frame) {
        if (wrapping != null) return wrapping.around(frame.toRaw(), ipVersion);
        return switch (linkType) {
            case ETHERNET -> frame.toEthernet();
            case LINUX_SLL -> frame.toLinuxCooked();
            case LINUX_SLL2 -> frame.toLinuxCooked2();
            case NULL -> frame.toNull(ByteOrder.LITTLE_ENDIAN);
            case LOOP -> frame.toNull(ByteOrder.BIG_ENDIAN);
            default -> frame.toRaw();
        };
    }
}
