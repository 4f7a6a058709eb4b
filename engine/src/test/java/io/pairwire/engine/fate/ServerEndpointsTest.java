package io.pairwire.engine.fate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.MatchedPair;
import org.junit.jupiter.api.Test;

class ServerEndpointsTest {
    private static MatchedPair pair(long high, long low, int port) {
        var pair = new MatchedPair();
        pair.server(high, low, port);
        return pair;
    }

    @Test
    void who_answered_is_remembered_up_to_the_bound() {
        var servers = new ServerEndpoints();
        int many = ServerEndpoints.MOST + 100;
        for (int i = 0; i < many; i++) servers.onPair(pair(i & 1, i, i & 0xff));
        servers.onPair(pair(0, 0, 0));
        assertEquals(ServerEndpoints.MOST, servers.count());
        for (int i = 0; i < many; i++) assertEquals(i < ServerEndpoints.MOST, servers.contains(i & 1, i, i & 0xff));
        assertFalse(servers.contains(1, 0, 0));
        assertFalse(servers.contains(0, 2, 3));
        assertTrue(servers.contains(0, 0, 0));
    }
}
