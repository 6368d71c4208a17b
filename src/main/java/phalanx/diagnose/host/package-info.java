/** Trouble at the ends: hosts, their services and name servers. One rule a file. */
@NullMarked
package phalanx.diagnose.host;

import org.jspecify.annotations.NullMarked;
