package io.pairwire.platform.numa;

/**
 * The kernel's reserve of pages of one length.
 *
 * @param bytes a page
 * @param total pages that are reserved
 * @param free pages of these that nobody has
 */
public record HugePages(long bytes, long total, long free) {}
