package io.pairwire.output.analysis;

import java.util.List;

/** Bars and sparklines made of letters. */
final class Blocks {
    private static final String UNICODE = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String ASCII = " .,:-=+*#";
    private static final String PARTS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589\u2588";

    private final boolean unicode;

    /** @param unicode whether the terminal knows block elements; plain letters otherwise */
    Blocks(boolean unicode) {
        this.unicode = unicode;
    }

    /** A bar of that part of {@code width}; not empty where {@code part} is not. */
    String bar(double part, int width) {
        double cells = Math.clamp(part, 0.0, 1.0) * width;
        if (!unicode) return "#".repeat(part > 0 ? Math.max(1, (int) Math.round(cells)) : 0);
        int eighths = part > 0 ? Math.max(1, (int) Math.round(cells * 8)) : 0;
        String whole = "\u2588".repeat(eighths / 8);
        return eighths % 8 == 0 ? whole : whole + PARTS.charAt(eighths % 8);
    }

    /** The values as a line of {@code width} letters at most, neighbours added up where there are more. */
    String sparkline(List<Long> values, int width) {
        int cells = Math.min(width, values.size());
        long[] sums = new long[cells];
        for (int i = 0; i < values.size(); i++) sums[(int) ((long) i * cells / values.size())] += values.get(i);
        long most = 1;
        for (long sum : sums) most = Math.max(most, sum);
        String levels = unicode ? UNICODE : ASCII;
        var line = new StringBuilder();
        for (long sum : sums) {
            int level = sum == 0 ? 0 : 1 + (int) ((levels.length() - 2) * (double) sum / most);
            line.append(levels.charAt(level));
        }
        return line.toString();
    }
}
