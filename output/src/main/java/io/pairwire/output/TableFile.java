package io.pairwire.output;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A table as a file: JSON lines if its name ends in {@code .jsonl}, {@code .ndjson} or {@code .json}, otherwise
 * comma-separated values with a line of names (RFC 4180, lines ended by LF). Columns are given one by one, in their order.
 * The file comes into place when it is {@link #commit}ted. Belongs to one thread.
 */
public final class TableFile implements Closeable {
    private static final int GATHERED = 1 << 15;

    private final List<String> columns;
    private final boolean json;
    private final OutputFile file;
    private final StringBuilder text = new StringBuilder();
    private int column;
    private long rows;

    /** Begins a file that replaces what is there. */
    public TableFile(Path path, List<String> columns) throws IOException {
        this.columns = List.copyOf(columns);
        json = isJson(path);
        file = OutputFile.replace(path);
        if (!json) text.append(String.join(",", columns)).append('\n');
    }

    private static boolean isJson(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
    }

    /** The next column is a text. */
    public TableFile text(String value) throws IOException {
        return value(json ? JsonText.quoted(value) : CsvSink.quoted(value));
    }

    /** The next column is a whole number. */
    public TableFile number(long value) throws IOException {
        return value(Long.toString(value));
    }

    /** The next column is a number with three digits behind the point. */
    public TableFile decimal(double value) throws IOException {
        return value(HumanText.thousandths(value));
    }

    /** The next column has no value: empty, or null. */
    public TableFile nothing() throws IOException {
        return value(json ? "null" : "");
    }

    private TableFile value(String value) throws IOException {
        if (json) {
            text.append(column == 0 ? '{' : ',')
                    .append(JsonText.quoted(columns.get(column)))
                    .append(':');
        } else if (column > 0) {
            text.append(',');
        }
        text.append(value);
        if (++column == columns.size()) endRow();
        return this;
    }

    private void endRow() throws IOException {
        if (json) text.append('}');
        text.append('\n');
        column = 0;
        rows++;
        if (text.length() >= GATHERED) handOver();
    }

    private void handOver() throws IOException {
        var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        while (bytes.hasRemaining()) file.write(bytes);
    }

    /** Rows so far. */
    public long rows() {
        return rows;
    }

    /** All rows are there: the file comes into place. */
    public void commit() throws IOException {
        handOver();
        file.close();
    }

    /** Without {@link #commit} before, leaves the old file as it was, and what was written beside it. */
    @Override
    public void close() throws IOException {
        file.abandon();
    }
}
