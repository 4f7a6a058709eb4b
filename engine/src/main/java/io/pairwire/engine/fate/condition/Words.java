package io.pairwire.engine.fate.condition;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A condition cut into words and signs, one after the other. */
final class Words {
    private static final int LONGEST = 4096;
    private static final Pattern WORD = Pattern.compile("\\s*(&&|\\|\\||==|!=|>=|<=|[()!=<>]|[^\\s()!=<>&|]+|.)");

    /** The word behind the last one. */
    static final String END = "";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private int next;

    Words(String text) {
        this.text = text;
        if (text.length() > LONGEST) throw new FilterSyntaxException("longer than " + LONGEST + " characters", text, 1);
        Matcher found = WORD.matcher(text.stripTrailing());
        while (found.lookingAt()) {
            words.add(found.group(1));
            columns.add(found.start(1) + 1);
            found.region(found.end(), found.regionEnd());
        }
        words.add(END);
        columns.add(text.length() + 1);
    }

    /** The next word as it stands, {@link #END} at the end. */
    String peek() {
        return words.get(next);
    }

    /** The next word as it stands, and goes on. */
    String take() {
        String word = words.get(next);
        if (next < words.size() - 1) next++;
        return word;
    }

    /** Goes on if the next word is one of these. */
    boolean takes(String... expected) {
        String small = peek().toLowerCase(Locale.ROOT);
        for (String each : expected) {
            if (!small.equals(each)) continue;
            take();
            return true;
        }
        return false;
    }

    /** What is wrong with the next word. */
    FilterSyntaxException wrong(String reason) {
        return new FilterSyntaxException(reason, text, columns.get(next));
    }

    /** The next word as a message shows it. */
    String shown() {
        return peek().equals(END) ? "the end" : "'" + peek() + "'";
    }
}
