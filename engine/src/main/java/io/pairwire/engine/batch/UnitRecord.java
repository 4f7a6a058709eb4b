package io.pairwire.engine.batch;

/**
 * What became of a unit.
 *
 * @param reason why, for a state that is not {@link UnitState#DONE}; otherwise empty
 * @param length bytes of its result
 * @param check CRC-32C of its result
 */
public record UnitRecord(UnitState state, String reason, long length, int check) {
    /** Nothing. */
    public static final UnitRecord MISSING = new UnitRecord(UnitState.MISSING, "nobody has done it yet", 0, 0);
}
