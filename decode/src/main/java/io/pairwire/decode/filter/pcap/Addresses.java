package io.pairwire.decode.filter.pcap;

import java.util.Arrays;
import java.util.List;

/** Addresses as texts of pcap-filter(7) write them. */
final class Addresses {
    private Addresses() {}

    /**
     * An IPv4 address or its beginning.
     *
     * @param value its bytes, right-justified as they are written
     * @param bits 8 for each number
     */
    record Ipv4Prefix(int value, int bits) {
        /** With zeros behind. */
        int address() {
            return bits == 0 || bits == 32 ? value : value << 32 - bits;
        }
    }

    /** @throws IllegalArgumentException if a number exceeds a byte */
    static Ipv4Prefix ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        int value = 0;
        for (String part : parts) {
            long octet = number(part);
            if (octet > 255)
                throw new IllegalArgumentException("\"" + text + "\" is no IPv4 address: " + part + " exceeds 255");
            value = value << 8 | (int) octet;
        }
        return new Ipv4Prefix(value, 8 * parts.length);
    }

    private static long number(String text) {
        if (text.length() > 12) return Long.MAX_VALUE;
        if (text.startsWith("0x") || text.startsWith("0X")) return Long.parseLong(text.substring(2), 16);
        if (text.length() > 1 && text.startsWith("0") && text.chars().allMatch(digit -> digit < '8')) {
            return Long.parseLong(text, 8);
        }
        return Long.parseLong(text);
    }

    /** Does it look like an IPv6 address? Its numbers may still be too large. */
    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) return groups(text) == 8;
        if (text.indexOf("::", gap + 1) >= 0) return false;
        int before = gap == 0 ? 0 : groups(text.substring(0, gap));
        int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2));
        boolean dotsBefore = text.lastIndexOf('.', gap) >= 0;
        return before >= 0 && after >= 0 && before + after <= 7 && !dotsBefore;
    }

    /** Groups of 16 bits; negative if there is something else. */
    private static int groups(String text) {
        String[] parts = text.split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].matches("[0-9A-Fa-f]{1,4}")) groups++;
            else if (last && parts[i].matches("(?:N\\.){3}N".replace("N", "(?:0[xX][0-9A-Fa-f]+|[0-9]+)"))) groups += 2;
            else return -1;
        }
        return groups;
    }

    /**
     * Four words of 32 bits.
     *
     * @throws IllegalArgumentException if its IPv4 part is none
     */
    static int[] ipv6(String text) {
        int gap = text.indexOf("::");
        int[] halves = new int[8];
        if (gap < 0) {
            put(text, halves, 0);
        } else {
            put(text.substring(0, gap), halves, 0);
            String rest = text.substring(gap + 2);
            put(rest, halves, rest.isEmpty() ? 8 : 8 - groups(rest));
        }
        int[] words = new int[4];
        for (int i = 0; i < 4; i++) words[i] = halves[2 * i] << 16 | halves[2 * i + 1];
        return words;
    }

    private static void put(String text, int[] halves, int from) {
        if (text.isEmpty()) return;
        List<String> parts = Arrays.asList(text.split(":"));
        int at = from;
        for (String part : parts) {
            if (part.contains(".")) {
                if (!part.matches("\\d{1,3}(?:\\.\\d{1,3}){3}")) {
                    throw new IllegalArgumentException("\"" + part + "\" is no IPv4 address");
                }
                int address = 0;
                for (String octet : part.split("\\.")) {
                    int value = Integer.parseInt(octet);
                    if (value > 255)
                        throw new IllegalArgumentException(
                                "\"" + part + "\" is no IPv4 address: " + octet + " exceeds 255");
                    address = address << 8 | value;
                }
                halves[at++] = address >>> 16;
                halves[at++] = address & 0xffff;
            } else {
                halves[at++] = Integer.parseInt(part, 16);
            }
        }
    }

    /** Six bytes, with any of the ways to separate them. */
    static byte[] mac(String text) {
        String[] parts = text.split("[:.-]");
        var digits = new StringBuilder();
        for (String part : parts) {
            if (parts.length == 6 && part.length() == 1) digits.append('0');
            digits.append(part);
        }
        byte[] address = new byte[6];
        for (int i = 0; i < 6; i++) address[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        return address;
    }

    /** Area and node, {@code 1.2}: 6 and 10 bits. */
    static int decnet(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2 || number(parts[0]) > 63 || number(parts[1]) > 1023) {
            throw new IllegalArgumentException("\"" + text + "\" is no DECnet address, such as 1.2");
        }
        return (int) number(parts[0]) << 10 | (int) number(parts[1]);
    }
}
