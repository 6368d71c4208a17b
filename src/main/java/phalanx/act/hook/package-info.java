/** Remedies outside: commands and addresses that the user declared, and nothing else. */
@NullMarked
package phalanx.act.hook;

import org.jspecify.annotations.NullMarked;
