package io.pairwire.engine.batch;

import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.index.FileIdentity;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What is to be done: a job, and the files that it is done to, one after the other. Immutable; the same in every machine that
 * reads it.
 *
 * <pre>
 *  pairwire-batch  1                        fields stand behind tabs; tabs, ends of lines and backslashes
 *  header-lines    1                        in them are written \t, \n and \\
 *  word            match
 *  word            --format=csv
 *  unit            1   captures/a.pcap   48112   9f0c23ab54de7801
 * </pre>
 *
 * @param words of the job; the file comes behind the last
 * @param headerLines lines at the beginning of each result that are the same in all, and are wanted once
 */
public record BatchPlan(List<String> words, int headerLines, List<BatchUnit> units) {
    private static final String MAGIC = "pairwire-batch\t1";
    private static final long LARGEST = 256 << 20;

    public BatchPlan {
        words = List.copyOf(words);
        units = List.copyOf(units);
        if (words.isEmpty()) throw new IllegalArgumentException("a job has at least one word");
        if (headerLines < 0) throw new IllegalArgumentException("headerLines is negative: " + headerLines);
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i).number() != i + 1) throw new IllegalArgumentException("units are not in order: " + i);
        }
    }

    /** A plan for files as they are now. */
    public static BatchPlan of(List<String> words, int headerLines, List<Path> files) throws IOException {
        var units = new ArrayList<BatchUnit>();
        for (Path file : files) {
            var identity = FileIdentity.of(file);
            units.add(new BatchUnit(units.size() + 1, file.toString(), identity.length(), identity.sample()));
        }
        return new BatchPlan(words, headerLines, units);
    }

    /** Is the file still what it was when the plan was made? When it was changed does not count: copies have another time. */
    public static boolean isUnchanged(BatchUnit unit) throws IOException {
        var attributes = Files.readAttributes(Path.of(unit.file()), BasicFileAttributes.class);
        if (!attributes.isRegularFile() || attributes.size() != unit.length()) return false;
        var identity = FileIdentity.of(Path.of(unit.file()));
        return identity.length() == unit.length() && identity.sample() == unit.sample();
    }

    /** The text of the plan. */
    public String text() {
        var text = new StringBuilder(MAGIC).append('\n');
        text.append("header-lines\t").append(headerLines).append('\n');
        for (String word : words) text.append("word\t").append(escaped(word)).append('\n');
        for (BatchUnit unit : units) {
            text.append("unit\t").append(unit.number()).append('\t').append(escaped(unit.file()));
            text.append('\t').append(unit.length()).append('\t');
            text.append(HexFormat.of().toHexDigits(unit.sample())).append('\n');
        }
        return text.toString();
    }

    /** What tells this plan from any other: a hash of its text. */
    public String id() {
        try {
            byte[] text = text().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256, which every Java platform must have", e);
        }
    }

    /**
     * Reads a plan.
     *
     * @throws MalformedCaptureException if the file is none
     */
    public static BatchPlan read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) throw new IOException(file + ": too large for a plan");
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw (IOException) new MalformedCaptureException(0, file + ": not a plan of pairwire").initCause(e);
        }
        if (lines.isEmpty() || !lines.getFirst().equals(MAGIC)) {
            throw new MalformedCaptureException(0, file + ": not a plan of pairwire");
        }
        var words = new ArrayList<String>();
        var units = new ArrayList<BatchUnit>();
        int headerLines = 0;
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\t", -1);
            try {
                switch (fields[0]) {
                    case "header-lines" -> headerLines = Integer.parseInt(fields[1]);
                    case "word" -> words.add(plain(fields[1]));
                    case "unit" -> units.add(unit(fields));
                    default -> throw new IllegalArgumentException("unknown '" + fields[0] + "'");
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw wrong(file, "line " + (i + 1), e);
            }
        }
        try {
            return new BatchPlan(words, headerLines, units);
        } catch (IllegalArgumentException e) {
            throw wrong(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static IOException wrong(Path file, String what, RuntimeException cause) {
        return (IOException) new MalformedCaptureException(0, file + ": damaged plan: " + what).initCause(cause);
    }

    private static BatchUnit unit(String[] fields) {
        return new BatchUnit(
                Integer.parseInt(fields[1]),
                plain(fields[2]),
                Long.parseLong(fields[3]),
                HexFormat.fromHexDigitsToLong(fields[4]));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String plain(String escaped) {
        var text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (++i == escaped.length()) throw new IllegalArgumentException("ends with a backslash");
            text.append(
                    switch (escaped.charAt(i)) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case '\\' -> '\\';
                        default -> throw new IllegalArgumentException("unknown escape");
                    });
        }
        return text.toString();
    }
}
