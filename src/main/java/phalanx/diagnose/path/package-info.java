/** What the path does to packets that arrive: addresses, marks, tags, ways. One rule a file. */
@NullMarked
package phalanx.diagnose.path;

import org.jspecify.annotations.NullMarked;
