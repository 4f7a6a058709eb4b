/**
 * Folders for ever: capture files are found, followed while they grow and read in the order of time, and a journal keeps how
 * far everything is, so that a run that was killed goes on as if nothing had happened.
 *
 * <p>Knows nothing of inotify, which comes in as {@link io.pairwire.engine.watch.FolderEvents}, and nothing of how results
 * look: it asks {@link io.pairwire.engine.watch.CommittedOutput} how long the output is.
 */
@NullMarked
package io.pairwire.engine.watch;

import org.jspecify.annotations.NullMarked;
