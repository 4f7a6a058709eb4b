package io.pairwire.output.analysis;

import io.pairwire.engine.analyse.Distribution;
import io.pairwire.engine.analyse.TimeSeries;
import io.pairwire.output.HumanText;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Plots as SVG within a page; what a place means is told when the pointer rests on it. */
final class SvgPlot {
    private static final int WIDE = 960;
    private static final int NARROW = 440;
    private static final int HEIGHT = 120;
    private static final int LEFT = 70;
    private static final int BELOW = 18;
    private static final int MOST = 480;

    /** Room for a character of a label; digits of the usual fonts take less. */
    private static final int CHARACTER = 7;

    private final StringBuilder page;
    private int width = WIDE;

    SvgPlot(StringBuilder page) {
        this.page = page;
    }

    /** One quantity over time; neighbouring steps are added up where there are more than fit. */
    void series(
            String title,
            String colour,
            TimeSeries series,
            ToLongFunction<TimeSeries.Step> quantity,
            LongFunction<String> amount) {
        List<TimeSeries.Step> steps = series.steps();
        int cells = Math.min(MOST, steps.size());
        long[] sums = new long[cells];
        for (int i = 0; i < steps.size(); i++) {
            sums[(int) ((long) i * cells / steps.size())] += quantity.applyAsLong(steps.get(i));
        }
        long most = 1;
        for (long sum : sums) most = Math.max(most, sum);
        page.append("<h3>").append(ReportHtml.escaped(title)).append("</h3>\n");
        begin(title, WIDE);
        axis(most, amount);
        double each = (double) (width - LEFT) / cells;
        for (int i = 0; i < cells; i++) {
            if (sums[i] == 0) continue;
            double height = (double) sums[i] / most * HEIGHT;
            int first = (int) Math.ceilDiv((long) i * steps.size(), cells);
            bar(
                    colour,
                    LEFT + i * each,
                    HEIGHT - height + 6,
                    Math.max(each - (each > 4 ? 1 : 0), 0.5),
                    height,
                    ReportText.moment(steps.get(first).startNanos()) + ": " + amount.apply(sums[i]));
        }
        times(steps.getFirst().startNanos(), (double) steps.size() * series.stepNanos());
        page.append("</svg>\n");
    }

    private void times(long first, double span) {
        double perNano = (width - LEFT) / span;
        for (TimeAxis.Label label : TimeAxis.labels(first, span, (width - LEFT) / CHARACTER)) {
            double x = LEFT + (double) (label.epochNanos() - first) * perNano;
            page.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n",
                    x,
                    x,
                    HEIGHT + 6,
                    HEIGHT + 10));
            double half = label.text().length() * CHARACTER / 2.0;
            if (x - half < 0 || x + half > width) continue; // the mark alone, rather than half a moment
            text(x, HEIGHT + BELOW + 4, "middle", label.text());
        }
    }

    /** Classes of a distribution, side by side. */
    void bars(String title, String colour, Distribution values, LongFunction<String> amount) {
        List<Distribution.Bar> bars = values.bars();
        long most = 1;
        for (Distribution.Bar bar : bars) most = Math.max(most, bar.count());
        page.append("<div><h3>").append(ReportHtml.escaped(title)).append("</h3>\n");
        begin(title, NARROW);
        axis(most, HumanText::count);
        double each = (double) (width - LEFT) / Math.max(1, bars.size());
        List<String> labels = bars.stream()
                .map(bar -> amount.apply(bar.from()).replace(".000", ""))
                .toList();
        int named = labelStep(labels, each);
        for (int i = 0; i < bars.size(); i++) {
            Distribution.Bar bar = bars.get(i);
            double height = (double) bar.count() / most * HEIGHT;
            String told = "from " + amount.apply(bar.from()) + ": " + HumanText.count(bar.count());
            if (bar.count() > 0) bar(colour, LEFT + i * each + 2, HEIGHT - height + 6, each - 4, height, told);
            if (i % named == 0) text(LEFT + i * each + 2, HEIGHT + BELOW + 4, "start", labels.get(i));
        }
        page.append("</svg>\n<p class=\"quiet\">half below ")
                .append(ReportHtml.escaped(amount.apply(values.p50())))
                .append(", 99 % below ")
                .append(ReportHtml.escaped(amount.apply(values.p99())))
                .append(", most ")
                .append(ReportHtml.escaped(amount.apply(values.most())))
                .append("</p></div>\n");
    }

    /** Every how many bars one is named, so that the longest name ends before the next and none behind the last bar. */
    static int labelStep(List<String> labels, double each) {
        int longest = 0;
        for (String label : labels) longest = Math.max(longest, label.length());
        double needed = (longest + 1) * CHARACTER;
        int step = Math.max(1, (int) Math.ceil(needed / each));
        while (step < labels.size() && (labels.size() - (labels.size() - 1) / step * step) * each < needed) step++;
        return step;
    }

    private void begin(String title, int width) {
        this.width = width;
        page.append("<svg viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(HEIGHT + BELOW + 6)
                .append("\" role=\"img\" aria-label=\"")
                .append(ReportHtml.escaped(title))
                .append("\">\n");
    }

    private void axis(long most, LongFunction<String> amount) {
        for (int i = 0; i <= 2; i++) {
            int y = HEIGHT + 6 - HEIGHT * i / 2;
            page.append("<line class=\"grid\" x1=\"")
                    .append(LEFT)
                    .append("\" x2=\"")
                    .append(width)
                    .append("\" y1=\"")
                    .append(y)
                    .append("\" y2=\"")
                    .append(y)
                    .append("\"/>\n");
            text(LEFT - 8, y + 4, "end", i == 1 && most == 1 ? "" : amount.apply(most * i / 2));
        }
    }

    private void bar(String colour, double x, double y, double width, double height, String told) {
        page.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>",
                        colour,
                        x,
                        y,
                        width,
                        Math.max(height, 0.5)))
                .append(ReportHtml.escaped(told))
                .append("</title></rect>\n");
    }

    private void text(double x, double y, String anchor, String text) {
        page.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor))
                .append(ReportHtml.escaped(text))
                .append("</text>\n");
    }
}
