/**
 * Sessions: which packets belong together, what is counted about them, and who is asked what they speak. Knows the protocols
 * only as the registry lists them; does not know who reads the results.
 */
@NullMarked
package io.pairwire.dpi.session;

import org.jspecify.annotations.NullMarked;
