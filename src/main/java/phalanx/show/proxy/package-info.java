/**
 * The proxy console: configuration, servers, requests, what stopped at breakpoints.
 *
 * <p>Reading order: {@link phalanx.show.proxy.ConsoleViewModel}, {@link phalanx.show.proxy.ProxyConsole}.
 */
@NullMarked
package phalanx.show.proxy;

import org.jspecify.annotations.NullMarked;
