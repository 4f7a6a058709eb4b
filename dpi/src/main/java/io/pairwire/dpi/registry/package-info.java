/**
 * Which protocols there are: built in, from signatures, from jars of others; their numbers, their triggers compiled into
 * tables, and the tables of hosts and addresses. Does not know sessions.
 */
@NullMarked
package io.pairwire.dpi.registry;

import org.jspecify.annotations.NullMarked;
