package io.pairwire.engine.batch;

/**
 * A share of a batch: every {@code of}th unit, beginning with the one of that number.
 *
 * @param part from 1 to {@code of}
 */
public record BatchPart(int part, int of) {
    public BatchPart {
        if (of < 1 || part < 1 || part > of) throw new IllegalArgumentException("no such part: " + part + "/" + of);
    }

    /** @throws IllegalArgumentException if the text is none, such as {@code 2/5} */
    public static BatchPart parse(String text) {
        if (!text.matches("\\d{1,6}/\\d{1,6}")) {
            throw new IllegalArgumentException("not a part: '" + text + "' (such as 2/5)");
        }
        int slash = text.indexOf('/');
        return new BatchPart(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean has(BatchUnit unit) {
        return (unit.number() - 1) % of == part - 1;
    }
}
