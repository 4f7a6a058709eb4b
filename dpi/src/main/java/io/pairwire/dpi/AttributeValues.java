package io.pairwire.dpi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Attributes with their values, in the order in which they were found; {@value #MOST} values at most, the rest is counted.
 * Belongs to one session and its thread. Reading a number makes no garbage.
 */
public final class AttributeValues {
    /** Values kept. */
    public static final int MOST = 1024;

    /** Characters of all texts together that are kept. */
    public static final int MOST_TEXT = 64 << 10;

    /** Characters of a text kept. */
    public static final int LONGEST_TEXT = 4096;

    /** Bytes kept of one value. */
    public static final int LONGEST_BYTES = 256;

    private static final int OWN_BYTES = 160;
    private static final int PLACE_BYTES = 24;
    private static final int TEXT_BYTES = 56;
    private static final int BYTES_BYTES = 24;

    /** No values. */
    public static final AttributeValues NONE = new AttributeValues(0);

    private final int most;
    private Attribute[] attributes = new Attribute[0];
    private long[] numbers = new long[0];
    private Object[] objects = new Object[0];
    private int[] heldBy = new int[0];
    private int held;
    private int count;
    private int characters;
    private long refused;

    /** No values yet. */
    public AttributeValues() {
        this(MOST);
    }

    private AttributeValues(int most) {
        this.most = most;
    }

    /** Sets a numeric attribute, or adds to it if it is a list. */
    public void put(Attribute attribute, long value) {
        int place = place(attribute);
        if (place >= 0) numbers[place] = value;
    }

    /** Sets text, or adds to it if the attribute is a list; the same value twice is one. */
    public void put(Attribute attribute, String value) {
        String kept = value.length() > LONGEST_TEXT ? value.substring(0, LONGEST_TEXT) : value;
        if (attribute.isList() && holds(attribute, kept)) return;
        if (MOST_TEXT - characters < kept.length()) {
            refused++;
            return;
        }
        characters += kept.length();
        int place = place(attribute);
        if (place >= 0) set(place, kept, TEXT_BYTES + 2 * kept.length());
    }

    /**
     * Sets text that is made when it is first read, of an attribute that is no list.
     *
     * @param bytes what the maker keeps in memory until then, an upper estimate
     */
    public void putLate(Attribute attribute, int bytes, Supplier<String> text) {
        if (attribute.isList())
            throw new IllegalArgumentException("values of a list cannot come late: " + attribute.name());
        int place = place(attribute);
        if (place >= 0) set(place, text, TEXT_BYTES + bytes);
    }

    private void set(int place, Object value, int bytes) {
        held += bytes - heldBy[place];
        heldBy[place] = bytes;
        objects[place] = value;
    }

    /** Sets bytes, or adds to them if the attribute is a list. */
    public void put(Attribute attribute, byte[] value) {
        int place = place(attribute);
        if (place < 0) return;
        byte[] kept = Arrays.copyOf(value, Math.min(value.length, LONGEST_BYTES));
        set(place, kept, BYTES_BYTES + kept.length);
    }

    private boolean holds(Attribute attribute, String value) {
        for (int i = 0; i < count; i++) {
            if (attributes[i].equals(attribute) && value.equals(objects[i])) return true;
        }
        return false;
    }

    private int place(Attribute attribute) {
        if (!attribute.isList()) {
            int known = find(attribute, 0);
            if (known >= 0) return known;
        }
        if (count == most) {
            refused++;
            return -1;
        }
        if (count == attributes.length) grow();
        attributes[count] = attribute;
        return count++;
    }

    private void grow() {
        int larger = Math.min(most, Math.max(8, 2 * count));
        attributes = Arrays.copyOf(attributes, larger);
        numbers = Arrays.copyOf(numbers, larger);
        objects = Arrays.copyOf(objects, larger);
        heldBy = Arrays.copyOf(heldBy, larger);
    }

    private int find(Attribute attribute, int from) {
        for (int i = from; i < count; i++) {
            if (attributes[i] == attribute || attributes[i].equals(attribute)) return i;
        }
        return -1;
    }

    /** Is there a value? */
    public boolean has(Attribute attribute) {
        return find(attribute, 0) >= 0;
    }

    /** The number, or the first of them, or {@code otherwise}. */
    public long number(Attribute attribute, long otherwise) {
        int at = find(attribute, 0);
        return at < 0 || !attribute.type().isNumeric() ? otherwise : numbers[at];
    }

    /** The text, or the first of them. */
    public Optional<String> text(Attribute attribute) {
        int at = find(attribute, 0);
        return at < 0 ? Optional.empty() : Optional.of(text(at));
    }

    /** All values as text. */
    public List<String> texts(Attribute attribute) {
        var texts = new ArrayList<String>();
        for (int at = find(attribute, 0); at >= 0; at = find(attribute, at + 1)) texts.add(text(at));
        return Collections.unmodifiableList(texts);
    }

    /** Values, those of lists one by one. */
    public int count() {
        return count;
    }

    /** Values for which there was no room. */
    public long refused() {
        return refused;
    }

    /** The attribute of the value at {@code index}. */
    public Attribute attribute(int index) {
        return attributes[Objects.checkIndex(index, count)];
    }

    /** The value at {@code index} if it is a number. */
    public long number(int index) {
        return numbers[Objects.checkIndex(index, count)];
    }

    /** The value at {@code index} as text: numbers decimal, flags true or false, bytes hexadecimal. */
    public String text(int index) {
        Attribute attribute = attribute(index);
        return switch (attribute.type()) {
            case NUMBER, DURATION -> Long.toString(numbers[index]);
            case FLAG -> numbers[index] != 0 ? "true" : "false";
            case BYTES -> HexFormat.of().formatHex((byte[]) objects[index]);
            case TEXT, ADDRESS, FINGERPRINT -> string(index);
        };
    }

    private String string(int index) {
        if (objects[index] instanceof Supplier<?> late) {
            String made = (String) late.get();
            String kept = made.length() > LONGEST_TEXT ? made.substring(0, LONGEST_TEXT) : made;
            set(index, kept, TEXT_BYTES + 2 * kept.length());
        }
        return (String) objects[index];
    }

    /** What all values take, an upper estimate, bytes. */
    public int bytes() {
        return OWN_BYTES + PLACE_BYTES * attributes.length + held;
    }

    /** Forgets all. */
    public void clear() {
        Arrays.fill(objects, 0, count, null);
        Arrays.fill(heldBy, 0, count, 0);
        held = 0;
        count = 0;
        characters = 0;
        refused = 0;
    }
}
