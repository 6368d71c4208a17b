/**
 * Requests and answers that stop on their way until somebody lets them go on.
 *
 * <p>Reading order: {@link phalanx.proxy.breakpoint.Breakpoint}, {@link phalanx.proxy.breakpoint.Breakpoints}.
 */
@NullMarked
package phalanx.proxy.breakpoint;

import org.jspecify.annotations.NullMarked;
