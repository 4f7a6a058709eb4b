/** HTTP up to version 1.1. */
@NullMarked
package io.pairwire.dpi.http;

import org.jspecify.annotations.NullMarked;
