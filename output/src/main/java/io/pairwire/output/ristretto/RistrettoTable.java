package io.pairwire.output.ristretto;

import io.pairwire.output.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a table that RistrettoDB opens ("Table V2", with names of 32 bytes).
 *
 * <pre>
 *   0  "RSTRDB" 0 0     8  u32 version 1     12  u32 bytes of a row     16  u64 rows     24  u32 columns
 *  40  a descriptor of 40 bytes for each column:
 *          name, 32 bytes with NULs behind it; u8 type; u8 length; u16 offset in the row; 4 bytes of nothing
 * 256  the rows, one behind the other
 * </pre>
 *
 * <p>All numbers are little-endian. The file is as long as the library would have made it, 1 MB or that doubled as often as
 * need be, with zeros behind the last row. Its readers look for row 0 at byte 256 wherever the descriptors end, so more than
 * {@value #MOST_COLUMNS} columns are refused: the sixth would lie below it. Rows are written first and their number
 * last. An old file is replaced when this is closed, at once. Not thread-safe.
 */
public final class RistrettoTable implements AutoCloseable {
    /** Columns that a file can hold. */
    public static final int MOST_COLUMNS = 5;

    private static final byte[] MAGIC = {'R', 'S', 'T', 'R', 'D', 'B', 0, 0};
    private static final int VERSION = 1;
    private static final int DESCRIPTORS = 40;
    private static final int DESCRIPTOR = 40;
    private static final int NAME = 32;
    private static final int ROWS_AT = 256;
    private static final long LEAST = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final List<RistrettoColumn> columns;
    private final int rowLength;
    private final OutputFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private int nextColumn;
    private long rows;
    private long written = ROWS_AT;

    /**
     * Begins a table.
     *
     * @param columns 1 to {@value #MOST_COLUMNS} with different names
     * @throws IOException that names the file
     */
    public RistrettoTable(Path path, List<RistrettoColumn> columns) throws IOException {
        if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException("columns are not 1.." + MOST_COLUMNS + ": " + columns.size());
        }
        if (columns.stream().map(RistrettoColumn::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("two columns have one name: " + columns);
        }
        this.columns = List.copyOf(columns);
        rowLength = columns.stream().mapToInt(RistrettoColumn::length).sum();
        file = OutputFile.replace(path);
    }

    /** Rows that are whole. */
    public long rows() {
        return rows;
    }

    /** The value of the next column, which is an INTEGER. */
    public RistrettoTable put(long value) throws IOException {
        next(RistrettoColumn.Type.INTEGER);
        buffer.putLong(value);
        return endOfColumn();
    }

    /** The value of the next column, which is a REAL. */
    public RistrettoTable put(double value) throws IOException {
        next(RistrettoColumn.Type.REAL);
        buffer.putDouble(value);
        return endOfColumn();
    }

    /** The value of the next column, which is a TEXT; what does not fit is cut off behind a whole character. */
    public RistrettoTable put(String value) throws IOException {
        RistrettoColumn column = next(RistrettoColumn.Type.TEXT);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, column.length() - 1);
        while (length > 0 && length < bytes.length && (bytes[length] & 0xc0) == 0x80) length--;
        buffer.put(bytes, 0, length);
        for (int i = length; i < column.length(); i++) buffer.put((byte) 0);
        return endOfColumn();
    }

    /** Zeros: there is no value, which readers cannot tell from 0 or an empty text. */
    public RistrettoTable putNothing() throws IOException {
        RistrettoColumn column = next(columns.get(nextColumn).type());
        for (int i = 0; i < column.length(); i++) buffer.put((byte) 0);
        return endOfColumn();
    }

    private RistrettoColumn next(RistrettoColumn.Type type) throws IOException {
        RistrettoColumn column = columns.get(nextColumn);
        if (column.type() != type) throw new IllegalStateException(column + " is no " + type);
        if (nextColumn == 0 && buffer.remaining() < rowLength) drain();
        return column;
    }

    private RistrettoTable endOfColumn() {
        if (++nextColumn == columns.size()) {
            nextColumn = 0;
            rows++;
        }
        return this;
    }

    private void drain() throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        file.writeAt(written, buffer);
        written += length;
        buffer.clear();
    }

    /** Gives up: an old file stays, what was written stays beside it, as {@code NAME.partial}. */
    public void abandon() throws IOException {
        file.abandon();
    }

    /** Writes what is left, the header and the number of rows, and puts the file in its place. */
    @Override
    public void close() throws IOException {
        if (!file.isOpen()) return;
        if (nextColumn != 0) throw new IllegalStateException("the last row lacks values from column " + nextColumn);
        drain();
        long length = LEAST;
        while (length < written) length *= 2;
        if (length > written) file.writeAt(length - 1, ByteBuffer.allocate(1));
        file.writeAt(0, header());
        file.close();
    }

    private ByteBuffer header() {
        var header = ByteBuffer.allocate(ROWS_AT).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putInt(VERSION).putInt(rowLength).putLong(rows).putInt(columns.size());
        int at = DESCRIPTORS;
        int offset = 0;
        for (RistrettoColumn column : columns) {
            header.position(at);
            header.put(Arrays.copyOf(column.name().getBytes(StandardCharsets.UTF_8), NAME));
            header.put((byte) column.type().number).put((byte) column.length()).putShort((short) offset);
            offset += column.length();
            at += DESCRIPTOR;
        }
        return header.clear();
    }
}
