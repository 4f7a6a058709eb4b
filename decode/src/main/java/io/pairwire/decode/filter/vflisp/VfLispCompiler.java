package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Superset;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vfm.LinkPlaces;
import io.pairwire.decode.filter.vfm.VfmInterpreter;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.decode.filter.vfm.VfmProgram;
import java.util.List;
import java.util.Optional;

/** Compiles VFLisp: {@code (and (= proto 6) (= dst-port 80))}. */
public final class VfLispCompiler {
    private VfLispCompiler() {}

    /**
     * The program for one link type, with the meaning of {@link VfmMode#SOUND}; empty if numbers may exceed 32 bits, or if the answer
     * to a question is used as a number. {@link #toVfm} can express everything, with the same answers.
     *
     * @param linkType a {@link io.pairwire.capture.LinkType} number
     * @throws FilterSyntaxException if the text is no expression, or names fields that are not known on this link type
     */
    public static Optional<IrProgram> toIr(String text, int linkType) {
        Expression expression = LispParser.parse(text, VfmMode.SOUND);
        try {
            boolean asks = !expression.named().isEmpty();
            return IrCode.program(expression, asks ? LinkPlaces.of(linkType) : new LinkPlaces(0, 0));
        } catch (IllegalArgumentException e) {
            throw new FilterSyntaxException(String.valueOf(e.getMessage()), text, 1);
        }
    }

    /**
     * A program that accepts at least the packets of {@link #toVfm} in {@link VfmMode#SOUND}: those parts of an outermost {@code and}
     * that the intermediate form can express, or everything.
     *
     * @param linkType a {@link io.pairwire.capture.LinkType} number
     * @throws FilterSyntaxException if the text is no expression
     */
    public static IrProgram superset(String text, int linkType) {
        Expression expression = LispParser.parse(text, VfmMode.SOUND);
        List<Expression> parts = expression instanceof Expression.Call call && call.operator() == LispOperator.AND
                ? call.arguments()
                : List.of(expression);
        try {
            LinkPlaces link = expression.named().isEmpty() ? new LinkPlaces(0, 0) : LinkPlaces.of(linkType);
            List<Expression> fitting = parts.stream()
                    .filter(part -> IrCode.program(part, link).isPresent())
                    .toList();
            if (fitting.size() > 1) {
                var all = new Expression.Call(LispOperator.AND, fitting, 1);
                return IrCode.program(all, link).orElseGet(VfLispCompiler::everything);
            }
            return fitting.isEmpty()
                    ? everything()
                    : IrCode.program(fitting.getFirst(), link).orElseGet(VfLispCompiler::everything);
        } catch (IllegalArgumentException e) {
            throw new FilterSyntaxException(String.valueOf(e.getMessage()), text, 1);
        }
    }

    private static IrProgram everything() {
        return Superset.everything(VfmInterpreter.WHOLE_PACKET);
    }

    /**
     * The program for VFM.
     *
     * @throws FilterSyntaxException if the text is no expression, or one that needs too long a program
     */
    public static VfmProgram toVfm(String text, VfmMode mode) {
        Expression expression = LispParser.parse(text, mode);
        try {
            return VfmCode.program(expression, text, mode);
        } catch (FilterSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FilterSyntaxException(String.valueOf(e.getMessage()), text, 1); // its stack is too deep
        }
    }
}
