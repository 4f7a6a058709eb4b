package io.pairwire.dpi.registry;

import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The triggers of all protocols as tables. Immutable; may serve many threads.
 *
 * <p>Ports index an array. Bytes are looked up by one byte of the payload: each pattern is filed under one of its bytes, the
 * one with the fewest values among those at the first {@value #FILED} places, so that a payload is compared with the few
 * patterns that share this byte with it. Patterns without such a byte are compared with every payload.
 */
public final class TriggerTable {
    /** Weights from here on mean that bytes speak for the candidate. */
    static final int BACKED = 8;

    /** Bits of a pattern that say something by themselves. */
    static final int TELLING = 16;

    private static final int PORT_WEIGHT = 5;
    private static final int HINT_WEIGHT = 4;
    private static final int ANY_WEIGHT = 1;
    private static final int FILED = Long.BYTES;
    private static final int PORTS = 1 << 16;
    private static final int[] NONE = {};

    /** The tables of one transport. */
    private static final class Of {
        final int[][] byPort = new int[PORTS][];
        final int[] guesses = new int[PORTS];
        final int[][][] byByte = new int[FILED][][];
        int[] unfiled = NONE;
        int[] any = NONE;
    }

    private final Of[] transports = new Of[Transport.values().length];
    private Trigger.Bytes[] patterns = new Trigger.Bytes[64];
    private int[] owners = new int[64];
    private int[] weights = new int[64];

    // What a pattern wants of the first eight bytes, as a big-endian number, and how many of them; does it want more
    // than that?
    private long[] headMasks = new long[64];
    private long[] headValues = new long[64];
    private int[] headLengths = new int[64];
    private boolean[] wantsMore = new boolean[64];
    private int patternCount;
    private final Trigger.Any[] lengths;
    private final int[] lengthOwners;
    private int lengthCount;
    private final int[] ipProtocols = new int[256];
    private final Map<Integer, Integer> payloadProtocols = new HashMap<>();
    private final Map<String, Integer> alpn = new HashMap<>();
    private int deepest;

    TriggerTable(List<Protocol> protocols, Map<String, List<Trigger>> more, int firstNumber) {
        for (int i = 0; i < transports.length; i++) transports[i] = new Of();
        int most = protocols.stream().mapToInt(p -> p.triggers().size()).sum()
                + more.values().stream().mapToInt(List::size).sum();
        lengths = new Trigger.Any[most];
        lengthOwners = new int[most];
        for (int i = 0; i < protocols.size(); i++) {
            for (Trigger trigger : protocols.get(i).triggers()) add(trigger, firstNumber + i);
            for (Trigger trigger : more.getOrDefault(protocols.get(i).name(), List.of())) add(trigger, firstNumber + i);
        }
    }

    private void add(Trigger trigger, int protocol) {
        switch (trigger) {
            case Trigger.Ports(var transport, int from, int to) -> {
                Of of = transports[transport.ordinal()];
                for (int port = from; port <= to; port++) {
                    of.byPort[port] = with(of.byPort[port], protocol << 1);
                    if (of.guesses[port] == 0) of.guesses[port] = protocol;
                }
            }
            case Trigger.Hint(var transport, int port) -> {
                Of of = transports[transport.ordinal()];
                of.byPort[port] = with(of.byPort[port], protocol << 1 | 1);
            }
            case Trigger.IpProtocol(int number) -> {
                if (ipProtocols[number] == 0) ipProtocols[number] = protocol;
            }
            case Trigger.PayloadProtocol(int identifier) -> payloadProtocols.putIfAbsent(identifier, protocol);
            case Trigger.Alpn(String name) -> alpn.putIfAbsent(name, protocol);
            case Trigger.Any any -> {
                Of of = transports[any.transport().ordinal()];
                of.any = with(of.any, lengthCount);
                lengthOwners[lengthCount] = protocol;
                lengths[lengthCount++] = any;
            }
            case Trigger.Bytes bytes -> add(bytes, protocol);
        }
    }

    private static int[] with(int[] list, int value) {
        if (list == null) return new int[] {value};
        int[] longer = Arrays.copyOf(list, list.length + 1);
        longer[list.length] = value;
        return longer;
    }

    private void add(Trigger.Bytes bytes, int protocol) {
        if (patternCount == patterns.length) {
            patterns = Arrays.copyOf(patterns, 2 * patternCount);
            owners = Arrays.copyOf(owners, 2 * patternCount);
            weights = Arrays.copyOf(weights, 2 * patternCount);
            headMasks = Arrays.copyOf(headMasks, 2 * patternCount);
            headValues = Arrays.copyOf(headValues, 2 * patternCount);
            headLengths = Arrays.copyOf(headLengths, 2 * patternCount);
            wantsMore = Arrays.copyOf(wantsMore, 2 * patternCount);
        }
        int index = patternCount++;
        patterns[index] = bytes;
        owners[index] = protocol;
        int bits = 0;
        int bestPlace = -1;
        byte bestMask = 0;
        byte bestValue = 0;
        for (BytePattern pattern : bytes.patterns()) {
            deepest = Math.max(deepest, pattern.end());
            byte[] masks = pattern.mask();
            byte[] values = pattern.value();
            for (int i = 0; i < masks.length; i++) {
                bits += Integer.bitCount(masks[i] & 0xff);
                int place = pattern.offset() + i;
                if (pattern.offset() < 0 || place >= FILED) {
                    wantsMore[index] = true;
                    continue;
                }
                int shift = Byte.SIZE * (FILED - 1 - place);
                long before = headMasks[index] >>> shift & 0xff;
                if ((before & masks[i]) != 0) wantsMore[index] = true; // one place twice, which need not fit together
                headMasks[index] |= (masks[i] & 0xffL) << shift;
                headValues[index] |= (values[i] & masks[i] & 0xffL) << shift;
                headLengths[index] = Math.max(headLengths[index], place + 1);
                if (bestPlace < 0 || Integer.bitCount(masks[i] & 0xff) > Integer.bitCount(bestMask & 0xff)) {
                    bestPlace = place;
                    bestMask = masks[i];
                    bestValue = values[i];
                }
            }
        }
        weights[index] = BACKED + bits;
        Of of = transports[bytes.transport().ordinal()];
        if (bestPlace < 0 || bestMask == 0) of.unfiled = with(of.unfiled, index);
        else file(of, bestPlace, bestMask & 0xff, bestValue & 0xff, index);
    }

    private static void file(Of of, int place, int mask, int value, int index) {
        int[][] table = of.byByte[place];
        if (table == null) {
            table = new int[256][];
            of.byByte[place] = table;
        }
        for (int i = 0; i < 256; i++) {
            if ((i & mask) == value) table[i] = with(table[i], index);
        }
    }

    /** Bytes of a stream behind which no pattern looks. */
    public int deepest() {
        return deepest;
    }

    /** The protocol with that number in the IP header, or 0. */
    public int ipProtocol(int number) {
        return number < 0 || number > 255 ? 0 : ipProtocols[number];
    }

    /** The protocol of that SCTP payload, or 0. Boxes. */
    public int payloadProtocol(int identifier) {
        return payloadProtocols.getOrDefault(identifier, 0);
    }

    /** The protocol that was negotiated, or 0. */
    public int alpn(String name) {
        return alpn.getOrDefault(name, 0);
    }

    /** What a session on these ports might be, or 0; the lower port is believed first. */
    public int guess(Transport transport, int onePort, int otherPort) {
        int[] guesses = transports[transport.ordinal()].guesses;
        int lower = guesses[Math.min(onePort, otherPort)];
        return lower != 0 ? lower : guesses[Math.max(onePort, otherPort)];
    }

    /** Who should be asked about this payload. */
    public void find(Payload payload, Transport transport, int onePort, int otherPort, Candidates candidates) {
        candidates.clear();
        Of of = transports[transport.ordinal()];
        if (transport != Transport.IP) {
            ports(of.byPort[onePort], candidates);
            if (otherPort != onePort) ports(of.byPort[otherPort], candidates);
        }
        int places = Math.min(FILED, payload.length());
        long head = head(payload, places);
        for (int place = 0; place < places; place++) {
            int[][] table = of.byByte[place];
            if (table == null) continue;
            compare(table[(int) (head >>> Byte.SIZE * (FILED - 1 - place)) & 0xff], head, payload, candidates);
        }
        compare(of.unfiled, head, payload, candidates);
        int length = payload.sentLength();
        for (int index : of.any) {
            Trigger.Any any = lengths[index];
            if (length >= any.shortest() && length <= any.longest()) candidates.add(lengthOwners[index], ANY_WEIGHT);
        }
    }

    private static void ports(int[] list, Candidates candidates) {
        if (list == null) return;
        for (int owner : list) candidates.add(owner >> 1, (owner & 1) == 0 ? PORT_WEIGHT : HINT_WEIGHT);
    }

    /** The first eight bytes, or as many as there are and zeros, as a big-endian number. */
    private static long head(Payload payload, int places) {
        if (places == FILED) return payload.u64(0);
        long head = 0;
        for (int place = 0; place < places; place++) {
            head |= (long) payload.u8(place) << Byte.SIZE * (FILED - 1 - place);
        }
        return head;
    }

    private void compare(int[] list, long head, Payload payload, Candidates candidates) {
        if (list == null) return;
        for (int index : list) {
            if ((head & headMasks[index]) != headValues[index] || payload.length() < headLengths[index]) continue;
            Trigger.Bytes wanted = patterns[index];
            if (payload.length() < wanted.shortest()
                    || payload.sentLength() > wanted.longest()
                    || !wanted.sides().include(payload.direction())) continue;
            if (!wantsMore[index] || matches(wanted.patterns(), payload)) candidates.add(owners[index], weights[index]);
        }
    }

    private static boolean matches(List<BytePattern> patterns, Payload payload) {
        for (int i = 0; i < patterns.size(); i++) {
            if (!patterns.get(i).matches(payload)) return false;
        }
        return true;
    }
}
