package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Layout.Place;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** What tests are made of: registers, loads from layers, comparisons; and where in the text we are, for errors. */
final class Code {
    /** What an offset counts from. */
    enum From {
        LINK,
        TYPE,
        /** The 802.2 header. */
        LLC,
        NETWORK,
        NETWORK_WITHOUT_SNAP,
        /** The MPLS label before the network header. */
        LABEL,
        TRANSPORT4,
        TRANSPORT6
    }

    final Layout layout;
    private final String text;
    private int registers = Layout.RESERVED;
    private int column = 1;
    private boolean usesPrefix;
    private boolean usesPayload;

    Code(String text, int linkType) {
        this.text = text;
        layout = new Layout(linkType);
    }

    /** From here on errors point there. */
    void at(int newColumn) {
        column = newColumn;
    }

    FilterSyntaxException error(String reason) {
        return new FilterSyntaxException(reason, text, column);
    }

    int registers() {
        return registers;
    }

    boolean usesPrefix() {
        return usesPrefix;
    }

    boolean usesPayload() {
        return usesPayload;
    }

    int fresh() {
        return registers++;
    }

    static Operand constant(int value) {
        return new Operand.Constant(value);
    }

    static Operand register(int number) {
        return new Operand.Register(number);
    }

    /** The variable part of a place; marks what the prologue has to compute. */
    Operand base(Place place) {
        if (place.register() == Layout.FIXED) return constant(0);
        usesPrefix |= place.register() == Layout.PREFIX;
        usesPayload |= place.register() == Layout.LINK_PAYLOAD;
        return register(place.register());
    }

    /** The place of a layer; what it takes to compute it is added to {@code operations}. */
    Place place(From from, List<Operation> operations) {
        Place network = layout.payload.plus(layout.network);
        return switch (from) {
            case LINK -> layout.link;
            case TYPE -> layout.type;
            case LLC -> layout.payload;
            case NETWORK -> network;
            case NETWORK_WITHOUT_SNAP -> layout.payload.plus(layout.networkWithoutSnap);
            case LABEL -> network.plus(-4);
            case TRANSPORT6 -> network.plus(40);
            case TRANSPORT4 -> {
                int length = fresh();
                operations.add(new Operation.Load(length, base(network), network.constant(), Width.BYTE));
                int words = compute(operations, Operator.AND, register(length), constant(0xf));
                int bytes = compute(operations, Operator.SHIFT_LEFT, register(words), constant(2));
                if (network.register() != Layout.FIXED) {
                    bytes = compute(operations, Operator.ADD, register(bytes), base(network));
                }
                yield new Place(network.constant(), bytes);
            }
        };
    }

    int compute(List<Operation> operations, Operator operator, Operand left, Operand right) {
        int target = fresh();
        operations.add(new Operation.Arithmetic(target, operator, left, right));
        return target;
    }

    int load(List<Operation> operations, From from, int offset, Width width) {
        Place place = place(from, operations);
        int target = fresh();
        operations.add(new Operation.Load(target, base(place), place.constant() + offset, width));
        return target;
    }

    Condition test(From from, int offset, Width width, Comparison comparison, int value) {
        var operations = new ArrayList<Operation>();
        int loaded = load(operations, from, offset, width);
        return new Condition.Test(operations, comparison, register(loaded), constant(value));
    }

    Condition equal(From from, int offset, Width width, int value) {
        return test(from, offset, width, Comparison.EQUAL, value);
    }

    Condition equal(From from, int offset, Width width, int value, int mask) {
        if (mask == -1) return equal(from, offset, width, value);
        // libpcap's optimiser leaves such a load out; it does not run on 802.11
        if (mask == 0 && !layout.isWlan()) return new Condition.Always(value == 0);
        var operations = new ArrayList<Operation>();
        int loaded = load(operations, from, offset, width);
        int masked = compute(operations, Operator.AND, register(loaded), constant(mask));
        return new Condition.Test(operations, Comparison.EQUAL, register(masked), constant(value));
    }

    Condition anyBit(From from, int offset, int bits) {
        return test(from, offset, Width.BYTE, Comparison.COMMON_BITS, bits);
    }

    Condition noBit(From from, int offset, int bits) {
        return Condition.not(anyBit(from, offset, bits));
    }

    /** Are the bytes there these? Asked four at a time from the end, as libpcap does. */
    Condition bytes(From from, int offset, byte[] expected) {
        Condition all = new Condition.Always(true);
        int left = expected.length;
        while (left > 0) {
            Width width = left >= 4 ? Width.WORD : left >= 2 ? Width.HALF : Width.BYTE;
            left -= width.bytes();
            int value = 0;
            for (int i = 0; i < width.bytes(); i++) value = value << 8 | expected[left + i] & 0xff;
            Condition part = equal(from, offset + left, width, value);
            all = all instanceof Condition.Always ? part : Condition.and(all, part);
        }
        return all;
    }
}
