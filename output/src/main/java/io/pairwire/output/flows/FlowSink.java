package io.pairwire.output.flows;

import io.pairwire.dpi.Session;
import io.pairwire.dpi.session.EndCause;
import java.io.IOException;

/** Where sessions go when they end. One thread hands them over; {@link #printed()} may be asked from any. */
public interface FlowSink extends AutoCloseable {

    /**
     * Takes one session, of which it keeps nothing.
     *
     * @param capture the file of its first packet
     */
    void print(Session session, EndCause cause, String capture) throws IOException;

    /** Sessions that went out whole. */
    long printed();

    /** Hands over the rest; what was written becomes final. */
    @Override
    void close() throws IOException;
}
