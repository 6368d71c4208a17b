/**
 * What can be wrong: the closed vocabulary of causes, what each would look like in the figures, and the evidence that speaks for it as
 * weighed odds.
 */
@NullMarked
package phalanx.agents.cause;

import org.jspecify.annotations.NullMarked;
