package io.pairwire.dpi.session;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.registry.Catalogue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Errors by code, those of protocols also by protocol. Not thread-safe. */
final class ErrorCounts {
    private final long[] counts = new long[ErrorCode.values().length];
    private long[] thrownBy = new long[64];

    void count(ErrorCode code) {
        counts[code.ordinal()]++;
    }

    void thrown(int protocol) {
        count(ErrorCode.PROTOCOL_THREW);
        if (protocol >= thrownBy.length) thrownBy = Arrays.copyOf(thrownBy, 2 * protocol);
        thrownBy[protocol]++;
    }

    Map<ErrorCode, Long> all() {
        var all = new EnumMap<ErrorCode, Long>(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            if (counts[code.ordinal()] > 0) all.put(code, counts[code.ordinal()]);
        }
        return all;
    }

    Map<String, Long> thrown(Catalogue catalogue) {
        var all = new TreeMap<String, Long>();
        for (int i = 0; i < thrownBy.length; i++) {
            if (thrownBy[i] > 0) all.put(catalogue.name(i), thrownBy[i]);
        }
        return all;
    }
}
