package io.pairwire.engine.series;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Prefix;
import java.util.Arrays;

/**
 * Numbers the groups that pairs belong to, in the order in which they come. Not thread-safe; looking a known group up
 * allocates nothing.
 */
public final class GroupIndex {
    /** The name of the group for pairs of all groups beyond the bound. */
    public static final String OTHER = "other";

    private final GroupBy by;
    private final int most;
    private final Prefix[] networks;
    private final String[] kinds;
    private final int[] places;
    private int count;

    /**
     * @param most groups there may be, from 1 to 2^20; pairs of further ones go into one group together
     */
    public GroupIndex(GroupBy by, int most) {
        if (most < 1 || most > 1 << 20) throw new IllegalArgumentException("groups are not in 1..1048576: " + most);
        this.by = by;
        this.most = most;
        boolean kind = by.part() == GroupBy.Part.KIND;
        networks = new Prefix[kind ? 0 : most];
        kinds = new String[kind ? Math.min(most, 64) : 0];
        places = new int[kind ? 1 : Integer.highestOneBit(most) * 4];
    }

    /** By what it groups. */
    public GroupBy by() {
        return by;
    }

    /** Groups so far; the one for the rest is not among them. */
    public int count() {
        return count;
    }

    /** The number of the group that takes what is beyond the bound. */
    public int other() {
        return most;
    }

    /** The group of that pair, from 0, or {@link #other}. */
    public int of(MatchedPair pair) {
        return switch (by.part()) {
            case KIND -> kind(pair.kind());
            case SERVER -> network(pair.isIpv6(), pair.serverHigh(), pair.serverLow());
            case CLIENT -> network(pair.isIpv6(), pair.clientHigh(), pair.clientLow());
        };
    }

    private int kind(String kind) {
        for (int i = 0; i < count; i++) {
            if (kinds[i].equals(kind)) return i;
        }
        if (count == kinds.length) return most;
        kinds[count] = kind;
        return count++;
    }

    private int network(boolean ipv6, long high, long low) {
        int length = ipv6 ? by.ipv6Length() : by.ipv4Length();
        long networkHigh = ipv6 ? high & mask(length) : 0;
        long networkLow = low & (ipv6 ? mask(length - 64) : mask(length + 32));
        int place = home(ipv6, networkHigh, networkLow);
        while (places[place] != 0) {
            Prefix found = networks[places[place] - 1];
            if (found.low() == networkLow && found.high() == networkHigh && found.ipv6() == ipv6) {
                return places[place] - 1;
            }
            place = place + 1 & places.length - 1;
        }
        if (count == most) return most;
        networks[count] = new Prefix(ipv6, networkHigh, networkLow, length);
        places[place] = ++count;
        return count - 1;
    }

    /** The first {@code length} of 64 bits. */
    private static long mask(int length) {
        if (length <= 0) return 0;
        return length >= 64 ? -1L : -1L << 64 - length;
    }

    private int home(boolean ipv6, long high, long low) {
        long x = (high * 0x9e37_79b9_7f4a_7c15L ^ low + (ipv6 ? 1 : 0)) * 0xd6e8_feb8_6659_fd93L;
        return (int) (x >>> 32) & places.length - 1;
    }

    /** The name of a group: a kind, a network such as {@code 192.168.0.0/24}, or {@value #OTHER}. */
    public String name(int group) {
        if (group == most) return OTHER;
        return by.part() == GroupBy.Part.KIND ? kinds[group] : networks[group].toString();
    }

    /** All groups in the order of their names, numerically for networks; {@link #other} is not among them. */
    public int[] sorted() {
        Integer[] groups = new Integer[count];
        Arrays.setAll(groups, i -> i);
        if (by.part() == GroupBy.Part.KIND) {
            Arrays.sort(groups, (one, other) -> kinds[one].compareTo(kinds[other]));
        } else {
            Arrays.sort(groups, (one, other) -> compare(networks[one], networks[other]));
        }
        return Arrays.stream(groups).mapToInt(Integer::intValue).toArray();
    }

    private static int compare(Prefix one, Prefix other) {
        if (one.ipv6() != other.ipv6()) return one.ipv6() ? 1 : -1;
        int high = Long.compareUnsigned(one.high(), other.high());
        return high != 0 ? high : Long.compareUnsigned(one.low(), other.low());
    }
}
