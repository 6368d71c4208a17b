/** Configuration in a Git repository: read, changed by merge requests of one commit each, taken back. */
@NullMarked
package phalanx.act.git;

import org.jspecify.annotations.NullMarked;
