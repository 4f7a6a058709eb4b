package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.not;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.pcap.Qualifiers.Direction;
import java.util.function.IntFunction;

/** The addresses of IEEE 802.11 §9.3: which of the four means what depends on type and direction of the frame. */
final class WlanAddressTests {
    private static final int NOT_MANAGEMENT = 0x08;
    private static final int CONTROL = 0x04;
    private static final int TO_DS = 0x01;
    private static final int FROM_DS = 0x02;

    private final Code code;

    WlanAddressTests(Code code) {
        this.code = code;
    }

    Condition address(byte[] address, Direction direction) {
        IntFunction<Condition> at = offset -> code.bytes(From.LINK, offset, address);
        return switch (direction) {
            case SRC -> source(at);
            case DST -> destination(at);
            case SRC_AND_DST -> and(source(at), destination(at));
            case ANY, SRC_OR_DST -> or(source(at), destination(at));
            case RA -> and(code.anyBit(From.LINK, 0, NOT_MANAGEMENT), at.apply(4));
            case TA -> and(code.anyBit(From.LINK, 0, NOT_MANAGEMENT), and(hasSecond(), at.apply(10)));
            case ADDR1 -> at.apply(4);
            case ADDR2 -> and(hasSecond(), at.apply(10));
            case ADDR3 -> and(not(code.equal(From.LINK, 0, Width.BYTE, CONTROL, 0x0c)), at.apply(16));
            case ADDR4 -> and(code.equal(From.LINK, 1, Width.BYTE, TO_DS | FROM_DS, TO_DS | FROM_DS), at.apply(24));
        };
    }

    /** Neither clear to send nor acknowledgment. */
    private Condition hasSecond() {
        return or(
                not(code.equal(From.LINK, 0, Width.BYTE, CONTROL, 0x0c)),
                and(
                        not(code.equal(From.LINK, 0, Width.BYTE, 0xc0, 0xf0)),
                        not(code.equal(From.LINK, 0, Width.BYTE, 0xd0, 0xf0))));
    }

    private Condition source(IntFunction<Condition> at) {
        Condition management = and(code.noBit(From.LINK, 0, NOT_MANAGEMENT), at.apply(10));
        Condition notFromDs = and(code.noBit(From.LINK, 1, FROM_DS), at.apply(10));
        Condition fromDs = and(
                code.anyBit(From.LINK, 1, FROM_DS),
                or(
                        and(code.noBit(From.LINK, 1, TO_DS), at.apply(16)),
                        and(code.anyBit(From.LINK, 1, TO_DS), at.apply(24))));
        Condition data = and(code.anyBit(From.LINK, 0, NOT_MANAGEMENT), or(notFromDs, fromDs));
        return and(code.noBit(From.LINK, 0, CONTROL), or(management, data));
    }

    private Condition destination(IntFunction<Condition> at) {
        Condition management = and(code.noBit(From.LINK, 0, NOT_MANAGEMENT), at.apply(4));
        Condition data = and(
                code.anyBit(From.LINK, 0, NOT_MANAGEMENT),
                or(
                        and(code.noBit(From.LINK, 1, TO_DS), at.apply(4)),
                        and(code.anyBit(From.LINK, 1, TO_DS), at.apply(16))));
        return and(code.noBit(From.LINK, 0, CONTROL), or(management, data));
    }

    /** A group address as destination. */
    Condition multicast() {
        return destination(offset -> code.anyBit(From.LINK, offset, 1));
    }
}
