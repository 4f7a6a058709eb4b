package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ErrorLogTest {
    /** The logger must not be forgotten while it is listened to. */
    private static final Logger PACKETS = Logger.getLogger("io.pairwire.dpi.packet");

    @Test
    void each_error_is_a_line_of_its_category_when_the_run_is_over() {
        var wire = new Wire();
        wire.send(Frame.udp("10.0.0.1", 9, "10.0.0.2", 9).fragment(1, 0, true).payload(new byte[8]));
        wire.linkType(new byte[60], 65_000).linkType(new byte[60], 65_000);
        wire.finish();
        List<String> lines = new ArrayList<>();
        var listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        PACKETS.setUseParentHandlers(false);
        PACKETS.addHandler(listener);
        try {
            ErrorLog.write(InspectorTotals.of(wire.inspector));
        } finally {
            PACKETS.removeHandler(listener);
        }
        assertEquals(2, lines.size(), lines.toString());
        assertEquals(
                Level.WARNING + " 2003 packet_unsupported, 2 times: the link type is not decoded. "
                        + ErrorCode.PACKET_UNSUPPORTED.cure(),
                lines.getFirst());
        assertEquals("io.pairwire.dpi.plug-in", ErrorLog.logger(ErrorCode.PLUG_IN_PARENT));
        assertEquals(System.Logger.Level.DEBUG, ErrorLog.level(ErrorCode.FRAGMENT_HELD), "told apart by its level");
    }
}
