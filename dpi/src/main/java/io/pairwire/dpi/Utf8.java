package io.pairwire.dpi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of which nobody says what it is written in: UTF-8 if it can be, else ISO 8859-1. */
public final class Utf8 {
    private Utf8() {}

    /** The same text, read as UTF-8 if all of it is; {@code latin} holds one byte in each character. Allocates. */
    public static String orLatin(String latin) {
        boolean ascii = true;
        for (int i = 0; i < latin.length() && ascii; i++) ascii = latin.charAt(i) < 0x80;
        if (ascii) return latin;
        var bytes = ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return latin;
        }
    }
}
