package io.pairwire.output.analysis;

import io.pairwire.engine.analyse.End;
import io.pairwire.output.AddressText;
import java.nio.charset.StandardCharsets;

/** Ends of conversations as people write them: {@code 192.0.2.1:80}, {@code [2001:db8::1]:53}, {@code 02:00:00:00:00:01}. */
final class EndText {
    private static final int LONGEST = AddressText.LONGEST + 8;

    private EndText() {}

    /** The address alone. */
    static String address(End end) {
        if (end.ipVersion() == 0) return mac(end.low());
        byte[] bytes = new byte[LONGEST];
        int length = AddressText.address(bytes, 0, end.ipVersion() == 6, end.high(), end.low());
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    /** The address, and the port if the layer has ports. */
    static String of(End end, boolean ports) {
        if (!ports) return address(end);
        byte[] bytes = new byte[LONGEST];
        int length = AddressText.endpoint(bytes, 0, end.ipVersion() == 6, end.high(), end.low(), end.port());
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private static String mac(long address) {
        var text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            if (shift < 40) text.append(':');
            int octet = (int) (address >>> shift) & 0xff;
            text.append(Character.forDigit(octet >>> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
        }
        return text.toString();
    }
}
