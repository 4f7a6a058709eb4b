package io.pairwire.dpi.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What gives away the program behind a hello: JA3 and JA3S (the method of salesforce/ja3, MD5 over numbers in the order
 * sent) and JA4 (the method of FoxIO, SHA-256 over sorted numbers, so that shuffling does not hide a client).
 *
 * <p>Only of whole hellos. Of the JA4 suite only the client's is made, which is free to use.
 */
public final class Fingerprints {
    private static final String NOTHING = "000000000000";
    private static final int PART = 12;

    private Fingerprints() {}

    /** MD5 in 32 hexadecimal digits. */
    public static Optional<String> ja3(ClientHello hello) {
        if (!hello.isWhole()) return Optional.empty();
        var extensions = hello.extensions();
        var text = String.join(
                ",",
                Integer.toString(hello.version()),
                dashed(Grease.without(hello.cipherSuites())),
                dashed(Grease.without(extensions.types())),
                dashed(Grease.without(extensions.groups())),
                dashed(extensions.pointFormats()));
        return Optional.of(hex("MD5", text));
    }

    /** MD5 in 32 hexadecimal digits. */
    public static Optional<String> ja3s(ServerHello hello) {
        if (!hello.isWhole()) return Optional.empty();
        var text = hello.version() + "," + hello.cipherSuite() + ","
                + dashed(hello.extensions().types());
        return Optional.of(hex("MD5", text));
    }

    /** What carried a hello: the first letter of its JA4. */
    public enum Carrier {
        TCP('t'),
        QUIC('q'),
        DTLS('d');

        private final char letter;

        Carrier(char letter) {
            this.letter = letter;
        }
    }

    /** For example {@code t13d1516h2_8daaf6152771_e5627efa2ab1}. */
    public static Optional<String> ja4(ClientHello hello, Carrier carrier) {
        if (!hello.isWhole()) return Optional.empty();
        var extensions = hello.extensions();
        int[] suites = Grease.without(hello.cipherSuites());
        int[] types = Grease.without(extensions.types());
        var head = carrier.letter
                + version(hello.newestVersion())
                + (extensions.has(Extensions.SERVER_NAME) ? "d" : "i")
                + twoDigits(suites.length)
                + twoDigits(types.length)
                + protocol(hello);
        return Optional.of(head + "_" + suites(suites) + "_" + extensions(types, extensions.signatureAlgorithms()));
    }

    private static String suites(int[] suites) {
        return suites.length == 0 ? NOTHING : part(commas(sorted(IntStream.of(suites))));
    }

    private static String extensions(int[] types, int[] signatureAlgorithms) {
        int[] listed = sorted(IntStream.of(types)
                .filter(type -> type != Extensions.SERVER_NAME && type != Extensions.APPLICATION_PROTOCOLS));
        if (listed.length == 0) return NOTHING;
        int[] algorithms = Grease.without(signatureAlgorithms);
        return part(algorithms.length == 0 ? commas(listed) : commas(listed) + "_" + commas(algorithms));
    }

    private static int[] sorted(IntStream numbers) {
        return numbers.sorted().toArray();
    }

    private static String version(int version) {
        return switch (version) {
            case 0x0002 -> "s2";
            case 0x0300 -> "s3";
            case 0x0301 -> "10";
            case 0x0302 -> "11";
            case 0x0303 -> "12";
            case 0x0304 -> "13";
            case 0xfeff -> "d1";
            case 0xfefd -> "d2";
            case 0xfefc -> "d3";
            default -> "00";
        };
    }

    private static String twoDigits(int count) {
        return count > 99 ? "99" : count < 10 ? "0" + count : Integer.toString(count);
    }

    /** First and last letter of the protocol offered first; of its hexadecimal form if they are no letters. */
    private static String protocol(ClientHello hello) {
        if (hello.protocols().isEmpty()) return "00";
        var name = hello.protocols().getFirst();
        if (name.isEmpty()) return "00";
        char first = name.charAt(0);
        char last = name.charAt(name.length() - 1);
        if (isLetterOrDigit(first) && isLetterOrDigit(last)) return "" + first + last;
        var hex = HexFormat.of().formatHex(name.getBytes(StandardCharsets.ISO_8859_1));
        return "" + hex.charAt(0) + hex.charAt(hex.length() - 1);
    }

    private static boolean isLetterOrDigit(char letter) {
        return letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    }

    private static String dashed(int[] numbers) {
        var text = new StringBuilder(6 * numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) text.append('-');
            text.append(numbers[i]);
        }
        return text.toString();
    }

    private static String commas(int[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> HexFormat.of().toHexDigits((short) number))
                .collect(Collectors.joining(","));
    }

    private static String part(String text) {
        return hex("SHA-256", text).substring(0, PART);
    }

    private static String hex(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no " + algorithm, missing);
        }
    }
}
