package io.pairwire.output.files;

/**
 * What became of the files that sessions carried: {@code seen} is the sum of the next three.
 *
 * @param seen files that began
 * @param written with all bytes that the capture has of them
 * @param cut of which only the first bytes are written, for want of what they may take
 * @param refused not written at all, because of what all together may take
 * @param incomplete of those written or cut, not all bytes were in the capture
 * @param bytes written
 */
public record FileCounts(long seen, long written, long cut, long refused, long incomplete, long bytes) {}
