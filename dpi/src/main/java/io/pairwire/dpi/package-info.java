/**
 * Floor 4, what a protocol is: how it is recognised, what it finds, and what it may know of its session. Those who write a
 * protocol need this package alone. It does not know how sessions are kept ({@code session}), how protocols are listed
 * ({@code registry}), or who asks them in which order ({@code inspect}).
 */
@NullMarked
package io.pairwire.dpi;

import org.jspecify.annotations.NullMarked;
