package io.pairwire.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class SnoopReaderFuzzTest {

    @FuzzTest
    void never_throws_anything_but_malformed(byte[] bytes) throws IOException {
        HostileCaptures.read(bytes);
    }

    @FuzzTest
    void a_search_behind_damages_gets_on_and_ends(byte[] bytes) throws IOException {
        HostileCaptures.readBehindDamages(bytes);
    }
}
