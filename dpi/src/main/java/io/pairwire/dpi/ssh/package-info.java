/** The clear part of SSH: who speaks, and which algorithms each side offers. */
@NullMarked
package io.pairwire.dpi.ssh;

import org.jspecify.annotations.NullMarked;
