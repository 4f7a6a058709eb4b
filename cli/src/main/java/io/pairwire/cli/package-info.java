/**
 * Floor 7: the {@code pairwire} command. Turns options into settings and outcomes into exit codes.
 *
 * <p>Knows the terminal, signals and exit codes; has no logic of its own.
 */
@NullMarked
package io.pairwire.cli;

import org.jspecify.annotations.NullMarked;
