/**
 * Looks into requests and answers for attacks: takes them apart as servers would, decodes, and adds up what the rules say.
 *
 * <p>Read first: {@link phalanx.proxy.guard.inspect.Waf}.
 */
@NullMarked
package phalanx.proxy.guard.inspect;

import org.jspecify.annotations.NullMarked;
