package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;

import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.pcap.Expression.Value;
import io.pairwire.decode.filter.pcap.Layout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arithmetic and comparisons. A field first asks whether its protocol is there. Of two operands only the left one's question is
 * kept, as in libpcap: {@code len - tcp[0]} does not ask whether there is TCP.
 */
final class ValueCode {
    private final Code code;
    private final ProtocolTests protocols;

    private final boolean optimises;

    /**
     * @param optimises may a load be left out whose value is multiplied by zero, though it might end the program? As libpcap's
     *     optimiser does where it is at work
     */
    ValueCode(Code code, ProtocolTests protocols, boolean optimises) {
        this.code = code;
        this.protocols = protocols;
        this.optimises = optimises;
    }

    /** A number and the questions to ask before it. */
    private record Computed(Operand value, Optional<Condition> before) {}

    Condition relation(Expression.Relation relation) {
        var operations = new ArrayList<Operation>();
        Computed left = compute(relation.left(), operations);
        Computed right = compute(relation.right(), operations);
        Condition test =
                left.value() instanceof Operand.Constant(int l) && right.value() instanceof Operand.Constant(int r)
                        ? new Condition.Always(relation.comparison().holds(l, r))
                        : new Condition.Test(operations, relation.comparison(), left.value(), right.value());
        if (relation.opposite()) test = Condition.not(test);
        Optional<Condition> before = both(left.before(), right.before());
        return before.isEmpty() ? test : and(before.get(), test);
    }

    private static Optional<Condition> both(Optional<Condition> first, Optional<Condition> second) {
        if (first.isEmpty()) return second;
        return second.isEmpty() ? first : Optional.of(and(first.get(), second.get()));
    }

    private Computed compute(Value value, List<Operation> operations) {
        return switch (value) {
            case Value.Number(int number) -> new Computed(Code.constant(number), Optional.empty());
            case Value.Length() -> {
                int target = code.fresh();
                operations.add(new Operation.Length(target));
                yield new Computed(Code.register(target), Optional.empty());
            }
            case Value.Negative(Value inner) -> {
                Computed negated = compute(inner, operations);
                yield new Computed(
                        computed(Operator.SUBTRACT, Code.constant(0), negated.value(), operations), negated.before());
            }
            case Value.Binary binary -> {
                int before = operations.size();
                Computed left = compute(binary.left(), operations);
                Computed right = compute(binary.right(), operations);
                code.at(binary.column());
                check(binary.operator(), right.value(), binary.right() instanceof Value.Number);
                if (optimises && isZero(binary.operator(), left.value(), right.value())) {
                    operations.subList(before, operations.size()).clear();
                    yield new Computed(Code.constant(0), left.before());
                }
                yield new Computed(computed(binary.operator(), left.value(), right.value(), operations), left.before());
            }
            case Value.Field field -> field(field, operations);
        };
    }

    private static boolean isZero(Operator operator, Operand left, Operand right) {
        Operand zero = Code.constant(0);
        return (operator == Operator.AND || operator == Operator.MULTIPLY) && (left.equals(zero) || right.equals(zero));
    }

    private void check(Operator operator, Operand right, boolean written) {
        if (!(right instanceof Operand.Constant(int number))) return;
        if (operator.divides() && number == 0) throw code.error("division by zero");
        boolean shifts = operator == Operator.SHIFT_LEFT || operator == Operator.SHIFT_RIGHT;
        if (shifts && written && Integer.compareUnsigned(number, 31) > 0)
            throw code.error("shift by more than 31 bits");
    }

    private Operand computed(Operator operator, Operand left, Operand right, List<Operation> operations) {
        if (left instanceof Operand.Constant(int l) && right instanceof Operand.Constant(int r)) {
            return Code.constant(operator.apply(l, r));
        }
        return Code.register(code.compute(operations, operator, left, right));
    }

    private Computed field(Value.Field field, List<Operation> operations) {
        Computed index = compute(field.index(), operations);
        code.at(field.column());
        Width width = switch (field.size()) {
            case 1 -> Width.BYTE;
            case 2 -> Width.HALF;
            case 4 -> Width.WORD;
            default -> throw code.error("a field has 1, 2 or 4 bytes, not " + Integer.toUnsignedString(field.size()));
        };
        Protocol protocol = field.protocol();
        From from = switch (protocol) {
            case LINK, RADIO -> From.LINK;
            case IP, ARP, RARP, ATALK, DECNET, LAT, SCA, MOPRC, MOPDL, IP6 -> From.NETWORK;
            case SCTP, TCP, UDP, ICMP, IGMP, IGRP, PIM, VRRP, CARP -> From.TRANSPORT4;
            case ICMP6 -> From.TRANSPORT6;
            default -> throw code.error("\"" + protocol.keyword() + "\" has no fields to read with [...]");
        };
        if (protocol == Protocol.RADIO && !code.layout.hasRadio()) {
            throw code.error("there is no radio header on this link type");
        }
        Operand loaded = load(protocol == Protocol.RADIO, from, index.value(), width, operations);
        return new Computed(loaded, before(protocol, index.before()));
    }

    private Operand load(boolean radio, From from, Operand index, Width width, List<Operation> operations) {
        Place place = radio ? new Place(0, Layout.FIXED) : code.place(from, operations);
        int target = code.fresh();
        if (index instanceof Operand.Constant(int offset)) { // wraps, as when libpcap's optimiser adds it
            operations.add(new Operation.Load(target, code.base(place), place.constant() + offset, width));
            return Code.register(target);
        }
        Operand base = place.register() == Layout.FIXED
                ? index
                : Code.register(code.compute(operations, Operator.ADD, index, code.base(place)));
        operations.add(new Operation.Load(target, base, place.constant(), width));
        return Code.register(target);
    }

    /** Is the protocol there, and of IPv4 the first fragment? */
    private Optional<Condition> before(Protocol protocol, Optional<Condition> index) {
        return switch (protocol) {
            case LINK, RADIO -> index;
            case IP, ARP, RARP, ATALK, DECNET, LAT, SCA, MOPRC, MOPDL, IP6 ->
                both(index, Optional.of(protocols.is(protocol)));
            case ICMP6 ->
                both(
                        both(index, Optional.of(protocols.is(Protocol.IP6))),
                        Optional.of(code.equal(From.NETWORK, 6, Width.BYTE, 58)));
            default -> {
                Condition carried = and(protocols.is(protocol), protocols.isFirstFragment());
                Condition all = index.isEmpty() ? carried : and(index.get(), carried);
                yield Optional.of(and(protocols.is(Protocol.IP), all));
            }
        };
    }
}
