/** How texts of filters are wrong: where, why, and what may have been meant. Knows no language. */
@NullMarked
package io.pairwire.decode.filter.text;

import org.jspecify.annotations.NullMarked;
