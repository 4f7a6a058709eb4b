package io.pairwire.dpi;

/**
 * Something a protocol finds in a session. Protocols keep theirs in constants; names begin with the name of the protocol.
 *
 * @param name such as {@code dns.qname}
 * @param type what it holds
 * @param isList may there be several values?
 * @param description half a sentence
 */
public record Attribute(String name, AttributeType type, boolean isList, String description) {
    public Attribute {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of an attribute: " + name);
        }
    }

    /** Words of lower case letters, digits and underscores with points between them; by hand, as there are a thousand. */
    private static boolean isName(String name) {
        int points = 0;
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (length == 0) return false;
                points++;
                length = 0;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') {
                length++;
            } else {
                return false;
            }
        }
        return points > 0 && length > 0;
    }

    public static Attribute number(String name, String description) {
        return new Attribute(name, AttributeType.NUMBER, false, description);
    }

    public static Attribute flag(String name, String description) {
        return new Attribute(name, AttributeType.FLAG, false, description);
    }

    public static Attribute text(String name, String description) {
        return new Attribute(name, AttributeType.TEXT, false, description);
    }

    public static Attribute bytes(String name, String description) {
        return new Attribute(name, AttributeType.BYTES, false, description);
    }

    public static Attribute address(String name, String description) {
        return new Attribute(name, AttributeType.ADDRESS, false, description);
    }

    public static Attribute duration(String name, String description) {
        return new Attribute(name, AttributeType.DURATION, false, description);
    }

    public static Attribute fingerprint(String name, String description) {
        return new Attribute(name, AttributeType.FINGERPRINT, false, description);
    }

    /** The same with several values. */
    public Attribute list() {
        return new Attribute(name, type, true, description);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attribute that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
