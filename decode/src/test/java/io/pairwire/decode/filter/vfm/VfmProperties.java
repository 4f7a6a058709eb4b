package io.pairwire.decode.filter.vfm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.RandomPacket;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class VfmProperties {

    @Property(tries = 300)
    void text_and_bytes_lead_back_to_the_same_program(@ForAll long seed) {
        var program = RandomVfm.next(new Random(seed));
        for (VfmMode mode : VfmMode.values()) {
            assertEquals(program, VfmAssembler.assemble(program.toString(), mode));
        }
        assertEquals(program, VfmProgram.of(program.bytes(VfmMode.SOUND), VfmMode.SOUND));
    }

    @Property(tries = 300)
    void the_machine_gives_what_the_book_says(@ForAll long seed) {
        var random = new Random(seed);
        var program = RandomVfm.next(random);
        var interpreter = new VfmInterpreter(program, VfmMode.SOUND, LinkType.ETHERNET, 1 << 14, seed);
        var book = new VfmByTheBook(program.bytes(VfmMode.SOUND), VfmMode.SOUND);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = RandomPacket.next(random, LinkType.ETHERNET);
            interpreter.run(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length);
            assertEquals(book.run(bytes, new SoundFields(LinkType.ETHERNET)), interpreter.status());
            assertEquals(book.value(), interpreter.value());
        }
    }

    /** The memory ends where the packet ends: a read behind it throws. */
    @Property(tries = 200)
    void a_verified_program_ends_well_on_any_packet(@ForAll long seed) {
        var random = new Random(seed);
        var program = RandomVfm.next(random);
        for (VfmMode mode : VfmMode.values()) {
            var interpreter = new VfmInterpreter(program, mode, LinkType.ETHERNET, 64, seed);
            for (int i = 0; i < 20; i++) {
                byte[] bytes = RandomPacket.next(random, LinkType.ETHERNET);
                interpreter.run(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length);
                assertTrue(interpreter.status() != VfmStatus.OVER_BUDGET);
            }
        }
    }
}
