package io.pairwire.output.print.summary;

/** Which bytes of a packet follow its line, and how: tcpdump's {@code -x -xx -X -XX -A -AA}. */
public enum Dump {
    NONE(false, false),
    HEX(false, false),
    /** From the link header on. */
    HEX_LINK(true, false),
    HEX_ASCII(false, true),
    /** From the link header on. */
    HEX_ASCII_LINK(true, true),
    ASCII(false, true),
    /** From the link header on. */
    ASCII_LINK(true, true);

    private final boolean link;
    private final boolean ascii;

    Dump(boolean link, boolean ascii) {
        this.link = link;
        this.ascii = ascii;
    }

    boolean link() {
        return link;
    }

    boolean ascii() {
        return ascii;
    }
}
