/** Files that sessions carry, written to a folder under names that harm nobody. Knows nothing of protocols. */
@NullMarked
package io.pairwire.output.files;

import org.jspecify.annotations.NullMarked;
