package io.pairwire.dpi.registry;

import io.pairwire.dpi.ErrorCode;

/**
 * Something that was left out of a catalogue.
 *
 * @param code why
 * @param where the file and line, or the class
 * @param detail what exactly
 */
public record Problem(ErrorCode code, String where, String detail) {
    @Override
    public String toString() {
        return where + ": " + detail + " (" + code.number() + ": " + code.text() + ")";
    }
}
