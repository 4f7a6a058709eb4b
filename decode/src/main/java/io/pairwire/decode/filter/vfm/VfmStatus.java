package io.pairwire.decode.filter.vfm;

/** How a run ended; everything but {@link #DONE} refuses the packet. The verifier rules out all other errors of VFM. */
public enum VfmStatus {
    DONE(0),
    /** A load outside the captured bytes. */
    OUT_OF_BOUNDS(-1),
    /** More than {@value VfmProgram#BUDGET} instructions. */
    OVER_BUDGET(-2),
    DIVISION_BY_ZERO(-6);

    private final int code;

    VfmStatus(int code) {
        this.code = code;
    }

    /** The number by which VFM knows it. */
    public int code() {
        return code;
    }
}
