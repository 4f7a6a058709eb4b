package io.pairwire.live;

import io.pairwire.capture.bpf.EbpfInstruction;
import io.pairwire.capture.bpf.EbpfProgram;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Which packets an {@link XdpSource} takes from an interface; all others go on to the network stack as if it were not there.
 *
 * @param program writes the program for a map of sockets whose descriptor it is told
 * @param isExact whether it takes only what is wanted; otherwise the exact filter of {@link LiveSettings} is asked again, and what that
 *     refuses has been taken from the stack all the same
 */
public record XdpFilter(IntFunction<EbpfProgram> program, boolean isExact) {
    private static final int LOAD_WORD = 0x61;
    private static final int LOAD_IMMEDIATE = 0x18;
    private static final int MAP = 1;
    private static final int MOVE = 0xb7;
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;
    private static final int QUEUE = 16;
    private static final int PASS = 2;
    private static final int REDIRECT_MAP = 51;

    /** Takes everything; the exact filter decides alone. */
    public static final XdpFilter EVERYTHING = new XdpFilter(XdpFilter::redirectAll, false);

    /** To the socket of the queue if there is one, otherwise on to the stack. */
    private static EbpfProgram redirectAll(int map) {
        return new EbpfProgram(List.of(
                new EbpfInstruction(LOAD_WORD, 2, 1, QUEUE, 0),
                new EbpfInstruction(LOAD_IMMEDIATE, 1, MAP, 0, map),
                new EbpfInstruction(0, 0, 0, 0, 0),
                new EbpfInstruction(MOVE, 3, 0, 0, PASS),
                new EbpfInstruction(CALL, 0, 0, 0, REDIRECT_MAP),
                new EbpfInstruction(EXIT, 0, 0, 0, 0)));
    }
}
