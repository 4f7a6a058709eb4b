package io.pairwire.engine.watch;

import io.pairwire.memory.Pause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Says that something changed in folders. Only a hint where to look: what is true is in the folder. One thread uses it.
 */
public interface FolderEvents extends AutoCloseable {

    /** Hints may get lost, and no folder tells of what links lead to. */
    Duration RESCAN = Duration.ofSeconds(2);

    /** Receives hints, on the thread that waits. */
    interface Handler {
        /** Something is new, longer, gone, or otherwise changed there. */
        void changed(Path path);

        /** Somebody who wrote into the file has closed it. */
        void closed(Path path);

        /** Anything may have changed anywhere. */
        void lost();
    }

    /** Listens to a folder as well, not to those inside it; may be called again for the same one. */
    void watch(Path folder) throws IOException;

    /**
     * Hands over the hints that are there; if there are none, waits for some.
     *
     * @param limit the longest wait; it may be shorter
     */
    void await(Duration limit, Handler handler) throws IOException;

    /** How often everything is to be looked at although nothing was said. */
    default Duration rescanInterval() {
        return RESCAN;
    }

    @Override
    void close() throws IOException;

    /** Knows nothing and has everything looked at again and again. */
    static FolderEvents polling(Duration interval, Pause pause) {
        return new PollingEvents(interval, pause);
    }
}
