/**
 * What is looked for in requests, read from data, and the automaton that finds it.
 *
 * <p>Read first: {@link phalanx.proxy.guard.rules.RuleBook}.
 */
@NullMarked
package phalanx.proxy.guard.rules;

import org.jspecify.annotations.NullMarked;
