package io.pairwire.decode.filter;

import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Superset;
import io.pairwire.decode.filter.vfm.VfmInterpreter;

/**
 * A filter in two parts, for a kernel that cannot express all of it: what the kernel passes contains everything that matches, and what
 * it passes is asked again here.
 *
 * @param kernel for the kernel; its target's method gives the program without objection
 * @param exact the filter itself
 * @param reason why the kernel's part is not enough, in a sentence; empty if it is
 */
public record FilterSplit(Filter kernel, Filter exact, String reason) {

    /** What kind of program the kernel gets. */
    public enum Target {
        /** Classic BPF, {@link Filter#toBpf()}. */
        CLASSIC,
        /** {@link Filter#toSocketFilter()}. */
        SOCKET_FILTER,
        /** {@link Filter#toXdp}. */
        XDP;

        /** Why the filter does not fit, in a sentence; empty if it does. */
        String objection(Filter filter) {
            try {
                switch (this) {
                    case CLASSIC -> filter.toBpf();
                    case SOCKET_FILTER -> filter.toSocketFilter();
                    case XDP -> filter.toXdp(0);
                }
                return "";
            } catch (UnsupportedOperationException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Does the kernel's part select the same packets, so that the exact one need not be asked? */
    public boolean isExact() {
        return reason.isEmpty();
    }

    /** Splits a filter; the kernel gets as much of its beginning as fits, at worst a program that passes everything. */
    public static FilterSplit of(Filter filter, Target target) {
        String reason = target.objection(filter);
        if (reason.isEmpty()) return new FilterSplit(filter, filter, "");
        IrProgram program = filter.superset();
        for (int blocks = program.blocks().size(); blocks > 0; blocks /= 2) {
            Filter part = Filter.of(Superset.beginning(program, blocks, VfmInterpreter.WHOLE_PACKET));
            if (target.objection(part).isEmpty()) return new FilterSplit(part, filter, reason);
        }
        return new FilterSplit(Filter.of(Superset.everything(VfmInterpreter.WHOLE_PACKET)), filter, reason);
    }
}
