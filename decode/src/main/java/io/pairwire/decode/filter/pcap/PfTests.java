package io.pairwire.decode.filter.pcap;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.text.Suggestion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The header that pf(4) logs before a packet. */
final class PfTests {
    private static final int ACTION = 2;
    private static final int REASON = 3;
    private static final int INTERFACE = 4;
    private static final int RULESET = 20;
    private static final int RULE = 36;
    private static final int SUBRULE = 40;

    /** Bytes of an interface's or rule set's name, its zero included. */
    private static final int NAME = 16;

    private static final List<String> REASONS =
            List.of("match", "bad-offset", "fragment", "short", "normalize", "memory");
    private static final List<String> ACTIONS =
            List.of("pass", "block", "scrub", "noscrub", "nat", "nonat", "binat", "nobinat", "rdr", "nordr");

    private final Code code;

    PfTests(Code code) {
        this.code = code;
    }

    Condition test(String what, Token argument) {
        if (code.layout.linkType != LinkType.PFLOG) throw code.error("\"" + what + "\" is known on the log of pf only");
        return switch (what) {
            case "ifname" -> name(INTERFACE, argument);
            case "rset" -> name(RULESET, argument);
            case "rnr" -> code.equal(From.LINK, RULE, Width.WORD, argument.number());
            case "srnr" -> code.equal(From.LINK, SUBRULE, Width.WORD, argument.number());
            case "reason" -> code.equal(From.LINK, REASON, Width.BYTE, number(argument, REASONS, "reason"));
            default -> code.equal(From.LINK, ACTION, Width.BYTE, number(argument, ACTIONS, "action"));
        };
    }

    private Condition name(int offset, Token argument) {
        byte[] name = argument.text().getBytes(StandardCharsets.ISO_8859_1);
        if (name.length >= NAME) throw code.error("names here have at most " + (NAME - 1) + " characters");
        return code.bytes(From.LINK, offset, name);
    }

    private int number(Token argument, List<String> known, String what) {
        if (argument.is(Token.Kind.NUMBER)) return argument.number();
        String name = argument.text().equals("drop") && what.equals("action") ? "block" : argument.text();
        if (what.equals("action") && name.equals("accept")) name = "pass";
        int number = known.indexOf(name);
        if (number < 0) throw code.error("unknown " + what + " of pf \"" + name + "\"" + Suggestion.of(name, known));
        return number;
    }
}
