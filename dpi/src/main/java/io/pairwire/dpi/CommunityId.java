package io.pairwire.dpi;

import io.pairwire.decode.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * <a href="https://github.com/corelight/community-id-spec">Community ID</a> version 1: one text for a session that all tools
 * make alike, whoever sees which direction first.
 */
public final class CommunityId {
    private CommunityId() {}

    /** Of a session, with the usual seed of 0. */
    public static String of(Session session) {
        return of(session, 0);
    }

    /** Of a session. */
    public static String of(Session session, int seed) {
        boolean ipv6 = session.ipVersion() == 6;
        int protocol = session.ipProtocol();
        int onePort = session.originatorPort();
        int otherPort = session.responderPort();
        boolean oneWay = false;
        boolean ports = hasPorts(protocol);
        if (protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6) {
            onePort = Math.max(0, session.icmpType());
            int answer = protocol == IpProtocol.ICMP ? counterpart(onePort) : counterpart6(onePort);
            oneWay = answer < 0;
            otherPort = oneWay ? Math.max(0, session.icmpCode()) : answer;
            ports = true;
        }
        int order = Long.compareUnsigned(session.originatorHigh(), session.responderHigh());
        if (order == 0) order = Long.compareUnsigned(session.originatorLow(), session.responderLow());
        if (order == 0) order = Integer.compare(onePort, otherPort);
        boolean asIs = oneWay || order <= 0;
        var bytes = ByteBuffer.allocate(2 + 32 + 2 + 4).putShort((short) seed);
        put(bytes, ipv6, session, asIs);
        put(bytes, ipv6, session, !asIs);
        bytes.put((byte) protocol).put((byte) 0);
        if (ports) bytes.putShort((short) (asIs ? onePort : otherPort)).putShort((short) (asIs ? otherPort : onePort));
        return "1:" + Base64.getEncoder().encodeToString(sha1(bytes.flip()));
    }

    private static void put(ByteBuffer to, boolean ipv6, Session session, boolean originator) {
        long high = originator ? session.originatorHigh() : session.responderHigh();
        long low = originator ? session.originatorLow() : session.responderLow();
        if (ipv6) to.putLong(high).putLong(low);
        else to.putInt((int) low);
    }

    private static boolean hasPorts(int protocol) {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
    }

    /** The type of ICMP that answers this one, or that it answers; -1 if there is none. */
    private static int counterpart(int type) {
        return switch (type) {
            case 8 -> 0;
            case 0 -> 8;
            case 13 -> 14;
            case 14 -> 13;
            case 15 -> 16;
            case 16 -> 15;
            case 10 -> 9;
            case 9 -> 10;
            case 17 -> 18;
            case 18 -> 17;
            default -> -1;
        };
    }

    private static int counterpart6(int type) {
        return switch (type) {
            case 128 -> 129;
            case 129 -> 128;
            case 133 -> 134;
            case 134 -> 133;
            case 135 -> 136;
            case 136 -> 135;
            case 130 -> 131;
            case 131 -> 130;
            case 139 -> 140;
            case 140 -> 139;
            case 144 -> 145;
            case 145 -> 144;
            default -> -1;
        };
    }

    private static byte[] sha1(ByteBuffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(bytes);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
