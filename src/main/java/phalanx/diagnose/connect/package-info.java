/** Connections that fail to open, are refused, cut off or forgotten. One rule a file. */
@NullMarked
package phalanx.diagnose.connect;

import org.jspecify.annotations.NullMarked;
