package io.pairwire.engine.pair;

import io.pairwire.decode.craft.Frame;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.MatcherContract;
import io.pairwire.engine.Pairing;
import java.util.Random;
import org.junit.jupiter.api.Nested;

class PairMatcherContractTest {
    private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};

    private abstract static class Contract extends MatcherContract {
        private final String client;
        private final String server;

        Contract(String client, String server) {
            this.client = client;
            this.server = server;
        }

        @Override
        protected byte[] request() {
            return Frame.udp(client, 1111, server, 53).payload(PAYLOAD).toEthernet();
        }

        @Override
        protected byte[] response() {
            return Frame.tcp(server, 53, client, 1111).payload(PAYLOAD).toEthernet();
        }

        @Override
        protected byte[] unrelated() {
            return Frame.tcp(server, 53, client, 1112).payload(PAYLOAD).toEthernet();
        }

        @Override
        protected byte[] ineligible() {
            return Frame.icmpEcho(client, server, 1, 2).payload(PAYLOAD).toEthernet();
        }
    }

    @Nested
    class AnyPairing extends Contract {
        AnyPairing() {
            super("10.0.0.1", "192.168.0.5");
        }

        @Override
        protected Matcher matcher() {
            return new PairMatcher(EngineSettings.defaults(), new Random(1));
        }
    }

    @Nested
    class FlippedIpv6 extends Contract {
        FlippedIpv6() {
            super("2001:db8::9", "2001:db8::1");
        }

        @Override
        protected Matcher matcher() {
            return new PairMatcher(EngineSettings.defaults().withPairing(Pairing.FLIP), new Random(2));
        }
    }
}
