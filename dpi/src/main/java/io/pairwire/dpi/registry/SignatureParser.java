package io.pairwire.dpi.registry;

import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads signature files: {@code LABEL TRANSPORT CONDITION…}, one rule a line; several lines with one label are alternatives.
 * {@code docs/dpi.md} tells the conditions.
 */
final class SignatureParser {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"#]|\"(?:[^\"\\\\]|\\\\.)*\")+");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_+-]+");
    private static final Pattern PLACE = Pattern.compile("(-?\\d+)=(.+)");
    private static final Pattern FIELD = Pattern.compile(
            "(l?)u(8|16|24|32)@(\\d+)(?:&(0x[0-9a-fA-F]+|\\d+))?(?:\\*(\\d{1,5}))?(==|=|!=|<=|>=|<|>)(.+)");
    private static final Pattern LENGTH = Pattern.compile("len([+-]\\d+)?");
    private static final int MOST_PORTS = 1024;

    private final String file;
    private final Map<String, List<SignatureRule>> rules = new LinkedHashMap<>();
    private final Map<String, List<Trigger>> guesses = new LinkedHashMap<>();
    private int line;

    SignatureParser(String file) {
        this.file = file;
    }

    /** Signatures in the order in which their labels first appear. */
    List<Signature> parse(List<String> lines) throws TableSyntaxException {
        for (line = 1; line <= lines.size(); line++) {
            String text = lines.get(line - 1).strip();
            if (!text.isEmpty() && !text.startsWith("#")) rule(text);
        }
        var signatures = new ArrayList<Signature>();
        for (var entry : rules.entrySet()) {
            signatures.add(
                    new Signature(entry.getKey(), entry.getValue(), guesses.getOrDefault(entry.getKey(), List.of())));
        }
        return signatures;
    }

    private TableSyntaxException wrong(String reason) {
        return new TableSyntaxException(ErrorCode.SIGNATURE_MALFORMED, file, line, reason);
    }

    private List<String> words(String text) throws TableSyntaxException {
        var words = new ArrayList<String>();
        Matcher matcher = WORD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String between = text.substring(end, matcher.start());
            if (between.contains("#")) return words; // the rest is a comment
            if (!between.isBlank()) throw wrong("not understood: " + between.strip());
            words.add(matcher.group());
            end = matcher.end();
        }
        String rest = text.substring(end);
        if (!rest.isBlank() && !rest.strip().startsWith("#")) throw wrong("not understood: " + rest.strip());
        return words;
    }

    private void rule(String text) throws TableSyntaxException {
        List<String> words = words(text);
        if (words.size() < 3) throw wrong("not LABEL TRANSPORT CONDITION: " + text);
        String label = words.getFirst();
        if (!LABEL.matcher(label).matches()) throw wrong("not a label: " + label);
        rules.computeIfAbsent(label, _ -> new ArrayList<>());
        Transport transport = transport(words.get(1));
        if (words.get(2).startsWith("guess=")) {
            var triggers = guesses.computeIfAbsent(label, _ -> new ArrayList<>());
            for (int[] range : ranges(words.get(2).substring(6))) {
                triggers.add(new Trigger.Ports(transport, range[0], range[1]));
            }
            if (words.size() > 3) throw wrong("nothing goes with guess=");
            return;
        }
        if (words.get(2).startsWith("ppid=")) {
            var triggers = guesses.computeIfAbsent(label, _ -> new ArrayList<>());
            triggers.add(new Trigger.PayloadProtocol((int) number(words.get(2).substring(5))));
            return;
        }
        if (words.get(2).startsWith("number=")) {
            var triggers = guesses.computeIfAbsent(label, _ -> new ArrayList<>());
            triggers.add(new Trigger.IpProtocol((int) number(words.get(2).substring(7))));
            return;
        }
        rules.get(label).add(conditions(transport, words.subList(2, words.size())));
    }

    private Transport transport(String word) throws TableSyntaxException {
        return switch (word) {
            case "tcp" -> Transport.TCP;
            case "udp" -> Transport.UDP;
            case "sctp" -> Transport.SCTP;
            case "ip" -> Transport.IP;
            default -> throw wrong("not tcp, udp, sctp or ip: " + word);
        };
    }

    private SignatureRule conditions(Transport transport, List<String> words) throws TableSyntaxException {
        Sides sides = Sides.EITHER;
        int shortest = 0;
        int longest = Integer.MAX_VALUE;
        int times = 1;
        var ports = new ArrayList<int[]>();
        var patterns = new ArrayList<BytePattern>();
        var tests = new ArrayList<FieldTest>();
        var anywhere = new ArrayList<byte[]>();
        for (String word : words) {
            Matcher place = PLACE.matcher(word);
            Matcher field = FIELD.matcher(word);
            if (word.startsWith("port=")) {
                ports.addAll(ranges(word.substring(5)));
            } else if (word.startsWith("len=")) {
                String[] bounds = word.substring(4).split("\\.\\.", -1);
                shortest = bounds[0].isEmpty() ? 0 : (int) number(bounds[0]);
                if (bounds.length == 1) longest = shortest;
                else longest = bounds[1].isEmpty() ? Integer.MAX_VALUE : (int) number(bounds[1]);
                if (longest < shortest) throw wrong("lengths are not in order: " + word);
            } else if (word.startsWith("times=")) {
                times = (int) number(word.substring(6));
            } else if (word.startsWith("from=")) {
                sides = side(word.substring(5));
            } else if (word.startsWith("has=")) {
                anywhere.add(bytes(word.substring(4)));
            } else if (field.matches()) {
                tests.add(field(field));
            } else if (place.matches()) {
                patterns.add(pattern((int) number(place.group(1)), place.group(2)));
            } else {
                throw wrong("not a condition: " + word);
            }
        }
        return new SignatureRule(transport, sides, shortest, longest, times, ports, patterns, tests, anywhere);
    }

    private Sides side(String word) throws TableSyntaxException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "originator" -> Sides.ORIGINATOR;
            case "responder" -> Sides.RESPONDER;
            default -> throw wrong("not originator or responder: " + word);
        };
    }

    private List<int[]> ranges(String text) throws TableSyntaxException {
        var ranges = new ArrayList<int[]>();
        for (String part : text.split(",")) {
            String[] bounds = part.split("-");
            int from = (int) number(bounds[0]);
            int to = bounds.length > 1 ? (int) number(bounds[1]) : from;
            if (from < 0 || to > 0xffff || from > to || to - from > MOST_PORTS) throw wrong("not ports: " + part);
            ranges.add(new int[] {from, to});
        }
        return ranges;
    }

    private FieldTest field(Matcher field) throws TableSyntaxException {
        int bytes = Integer.parseInt(field.group(2)) / 8;
        long mask = field.group(4) == null ? -1L : number(field.group(4));
        long times = field.group(5) == null ? 1 : number(field.group(5));
        var comparison = switch (field.group(6)) {
            case "!=" -> FieldTest.Comparison.UNEQUAL;
            case "<" -> FieldTest.Comparison.BELOW;
            case ">" -> FieldTest.Comparison.ABOVE;
            case "<=" -> FieldTest.Comparison.AT_MOST;
            case ">=" -> FieldTest.Comparison.AT_LEAST;
            default -> FieldTest.Comparison.EQUAL;
        };
        Matcher length = LENGTH.matcher(field.group(7));
        boolean ofLength = length.matches();
        long bound = !ofLength ? number(field.group(7)) : length.group(1) == null ? 0 : number(length.group(1));
        int offset = (int) number(field.group(3));
        if (offset > BytePattern.DEEPEST) throw wrong("offset is too far: " + offset);
        return new FieldTest(offset, bytes, !field.group(1).isEmpty(), mask, times, comparison, ofLength, bound);
    }

    private BytePattern pattern(int offset, String text) throws TableSyntaxException {
        try {
            int slash = text.startsWith("\"") ? -1 : text.indexOf('/');
            byte[] value = bytes(slash < 0 ? text : text.substring(0, slash));
            byte[] mask = new byte[value.length];
            Arrays.fill(mask, (byte) 0xff);
            if (slash >= 0) mask = bytes(text.substring(slash + 1));
            return new BytePattern(offset, value, mask);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage() + ": " + text);
        }
    }

    /** Text in quotation marks with \r \n \t \0 \\ \" \xHH, or hexadecimal digits. */
    private byte[] bytes(String text) throws TableSyntaxException {
        if (!text.startsWith("\"")) {
            try {
                return HexFormat.of().parseHex(text);
            } catch (IllegalArgumentException e) {
                throw wrong("neither text in quotation marks nor hexadecimal digits: " + text);
            }
        }
        if (text.length() < 2 || !text.endsWith("\"")) throw wrong("text does not end: " + text);
        var bytes = new ByteArrayOutputStream();
        int end = text.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            i++;
            char escaped = i < end ? text.charAt(i) : '"';
            switch (escaped) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '0' -> bytes.write(0);
                case '\\', '"' -> bytes.write(escaped);
                case 'x' -> {
                    if (i + 2 >= end) throw wrong("\\x wants two digits: " + text);
                    bytes.write((int) number("0x" + text.substring(i + 1, i + 3)));
                    i += 2;
                }
                default -> throw wrong("not an escape: \\" + escaped);
            }
        }
        return bytes.toByteArray();
    }

    private long number(String text) throws TableSyntaxException {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw wrong("not a number: " + text);
        }
    }
}
