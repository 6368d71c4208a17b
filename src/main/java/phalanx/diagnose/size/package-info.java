/** Packets too large for a part of the path (RFC 1191, RFC 8201, RFC 8899). One rule a file. */
@NullMarked
package phalanx.diagnose.size;

import org.jspecify.annotations.NullMarked;
