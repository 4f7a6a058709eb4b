package io.pairwire.decode.rewrite;

/**
 * What an {@link Anonymizer} has done so far.
 *
 * @param packets packets rewritten
 * @param unsupported packets of a link type not known here; cleared whole
 * @param cleared packets with a header that was cut, malformed or nested too deep, from which on they were cleared
 * @param wrongChecksums checksums that were wrong before, and are wrong after by another difference
 */
public record AnonymizerStatistics(long packets, long unsupported, long cleared, long wrongChecksums) {}
