/** Carries out remedies from a closed list: each can be tried without effect first, and taken back afterwards. */
@NullMarked
package phalanx.act;

import org.jspecify.annotations.NullMarked;
