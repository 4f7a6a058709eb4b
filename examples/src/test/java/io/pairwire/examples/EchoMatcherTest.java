package io.pairwire.examples;

import io.pairwire.decode.craft.Frame;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.MatcherContract;

class EchoMatcherTest extends MatcherContract {
    @Override
    protected Matcher matcher() {
        return new EchoMatcher();
    }

    @Override
    protected byte[] request() {
        return Frame.icmpEcho("10.0.0.7", "192.0.2.1", 77, 5).toEthernet();
    }

    @Override
    protected byte[] response() {
        return Frame.icmpEcho("192.0.2.1", "10.0.0.7", 77, 5).reply().toEthernet();
    }

    @Override
    protected byte[] unrelated() {
        return Frame.icmpEcho("192.0.2.1", "10.0.0.7", 77, 6).reply().toEthernet();
    }

    @Override
    protected byte[] ineligible() {
        return Frame.udp("10.0.0.7", 1, "192.0.2.1", 2).payload(new byte[] {1}).toEthernet();
    }
}
