package io.pairwire.cli;

import io.pairwire.platform.Capability;
import io.pairwire.platform.Rights;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/** What the thread that looks at live packets may do once the interfaces are open. */
final class LiveRights {
    private LiveRights() {}

    /** Becomes that user; without one keeps only the right to write files, as the next file of a ring may need it. */
    static void giveUp(Optional<String> user) throws IOException {
        if (user.isPresent()) {
            UserEntry entry = UserEntry.named(user.get());
            Rights.become(entry.user(), entry.group());
        } else if (System.getProperty("os.name").startsWith("Linux")) {
            Rights.keepOnly(EnumSet.of(Capability.CAP_DAC_OVERRIDE));
        }
    }
}
