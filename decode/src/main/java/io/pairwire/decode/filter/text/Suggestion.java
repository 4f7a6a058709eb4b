package io.pairwire.decode.filter.text;

import java.util.Collection;
import java.util.Locale;

/** What may have been meant. */
public final class Suggestion {
    /** A longer word is nobody's typing mistake. */
    private static final int LONGEST = 40;

    private Suggestion() {}

    /** A question such as {@code , did you mean "port"?} with the closest known word; empty if none is close. */
    public static String of(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST) return "";
        int least = Math.max(1, lower.length() / 3) + 1;
        String best = "";
        for (String candidate : known) {
            int distance = distance(lower, candidate, least);
            if (distance < least || distance == least && !best.isEmpty() && candidate.compareTo(best) < 0) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
    }

    /** Letters to change, insert, leave out or swap (Damerau and Levenshtein); {@code most} if there are more. */
    private static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) >= most) return most;
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return Math.min(most, d[a.length()][b.length()]);
    }
}
