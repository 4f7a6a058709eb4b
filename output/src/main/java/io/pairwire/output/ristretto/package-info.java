/** Files of RistrettoDB's Table V2. Knows the format and nothing of what the rows mean. */
@NullMarked
package io.pairwire.output.ristretto;

import org.jspecify.annotations.NullMarked;
