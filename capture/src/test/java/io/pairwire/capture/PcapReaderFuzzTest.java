package io.pairwire.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class PcapReaderFuzzTest {

    @FuzzTest
    void never_throws_anything_but_malformed(byte[] bytes) throws IOException {
        try (var reader = PcapReader.open(Captures.channel(bytes), 64)) {
            Captures.readAll(reader);
        } catch (MalformedCaptureException e) {
            if (e.offset() < 0 || e.offset() > bytes.length) throw new AssertionError("offset " + e.offset(), e);
        }
    }

    @FuzzTest
    void a_search_behind_damages_gets_on_and_ends(byte[] bytes) throws IOException {
        HostileCaptures.readBehindDamages(bytes);
    }
}
