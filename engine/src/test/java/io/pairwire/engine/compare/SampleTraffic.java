package io.pairwire.engine.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Made-up traffic: TCP sessions with handshake, data both ways and an end, and datagrams between them. */
final class SampleTraffic {
    static final int SYN = 2;
    static final int ACK = 16;
    static final int PSH_ACK = 24;
    static final int FIN_ACK = 17;
    static final int RST = 4;
    static final long START = 1_700_000_000_000_000_000L;
    static final int SEGMENT = 400;

    private SampleTraffic() {}

    /** About 19 packets a session, a millisecond apart, in the order of time. */
    static List<Shot> of(long seed, int sessions) {
        var random = new Random(seed);
        var shots = new ArrayList<Shot>();
        for (int session = 0; session < sessions; session++) session(shots, random, session);
        for (int i = 0; i < 3 * sessions; i++) {
            String source = "192.168.0." + (1 + random.nextInt(9));
            shots.add(Shot.udp(0, source, 5000 + i, "10.1.1.1", 53, random.nextInt(1, 0xffff), bytes(random, 40)));
        }
        var timed = new ArrayList<Shot>();
        for (int i = 0; i < shots.size(); i++) timed.add(shots.get(i).at(START + i * 1_000_000L));
        timed.sort(Comparator.comparingLong(Shot::time));
        return timed;
    }

    private static void session(List<Shot> shots, Random random, int session) {
        String client = "192.168.1." + (1 + session % 200);
        int port = 40_000 + session;
        long seq = random.nextInt() & 0xffff_ffffL;
        long ack = random.nextInt() & 0xffff_ffffL;
        int id = random.nextInt(1, 0x7fff);
        byte[] none = {};
        shots.add(Shot.tcp(0, client, port, "10.0.0.1", 443, id++, seq++, 0, SYN, none));
        shots.add(Shot.tcp(0, "10.0.0.1", 443, client, port, id++, ack++, seq, SYN | ACK, none));
        shots.add(Shot.tcp(0, client, port, "10.0.0.1", 443, id++, seq, ack, ACK, none));
        for (int i = 0; i < 4; i++) {
            byte[] request = bytes(random, SEGMENT);
            shots.add(Shot.tcp(0, client, port, "10.0.0.1", 443, id++, seq, ack, PSH_ACK, request));
            seq += request.length;
            byte[] response = bytes(random, SEGMENT);
            shots.add(Shot.tcp(0, "10.0.0.1", 443, client, port, id++, ack, seq, PSH_ACK, response));
            ack += response.length;
            shots.add(Shot.tcp(0, client, port, "10.0.0.1", 443, id++, seq, ack, ACK, none));
        }
        shots.add(Shot.tcp(0, client, port, "10.0.0.1", 443, id++, seq++, ack, FIN_ACK, none));
        shots.add(Shot.tcp(0, "10.0.0.1", 443, client, port, id, ack, seq, FIN_ACK, none));
    }

    static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static CompareReport compare(List<Shot> a, List<Shot> b) {
        return compare(a, b, CompareSettings.defaults(Path.of(System.getProperty("java.io.tmpdir"))));
    }

    static CompareReport compare(List<Shot> a, List<Shot> b, CompareSettings settings) {
        var comparer = new CaptureComparer(settings, new Random(11));
        try (var comparison = comparer.compare(() -> new ShotSource(a), () -> new ShotSource(b), Watch.NONE)) {
            return comparison.report();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
