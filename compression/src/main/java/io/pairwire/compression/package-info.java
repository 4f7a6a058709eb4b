/**
 * Floor 2: zstd, LZ4 and xz for capture files, by the libraries that do it best. Found by the capture package with
 * {@link java.util.ServiceLoader}; it is enough to have this artifact on the class path.
 *
 * <p>Knows frames and their checks; does not look at what is packed.
 */
@NullMarked
package io.pairwire.compression;

import org.jspecify.annotations.NullMarked;
