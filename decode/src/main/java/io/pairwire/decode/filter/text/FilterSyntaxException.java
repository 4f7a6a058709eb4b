package io.pairwire.decode.filter.text;

/** A filter that cannot be understood, or that means nothing for its link type; says where. */
public final class FilterSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final int WIDEST = 120;

    private final String reason;
    private final String text;
    private final int column;

    /**
     * @param reason what is wrong, without the place
     * @param text the whole filter
     * @param column where, from 1; one more than the filter's length for its end
     */
    public FilterSyntaxException(String reason, String text, int column) {
        super(reason + (text.isEmpty() ? "" : " (column " + column + ")"));
        this.reason = reason;
        this.text = text;
        this.column = column;
    }

    public String reason() {
        return reason;
    }

    /** Characters from the start of the filter, from 1. */
    public int column() {
        return column;
    }

    /** The filter and a mark below the place, two lines; long filters are cut around it. */
    public String picture() {
        int from = Math.max(0, Math.min(column - 1 - WIDEST / 2, text.length() - WIDEST));
        String shown =
                text.substring(from, Math.min(text.length(), from + WIDEST)).replaceAll("\\s", " ");
        return shown + "\n" + " ".repeat(Math.max(0, column - 1 - from)) + "^";
    }
}
