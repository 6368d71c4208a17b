/**
 * Where requests go: the route of a path, the upstream of a route, the server of an upstream, the connection to a server.
 *
 * <p>Reading order: {@link phalanx.proxy.route.RouteTable}, {@link phalanx.proxy.route.ForwardTarget},
 * {@link phalanx.proxy.route.Upstream}, {@link phalanx.proxy.route.Balancer} and its six kinds, {@link phalanx.proxy.route.Server}.
 * Choices are plain code without sockets; {@link phalanx.proxy.route.ConnectionPool} alone connects.
 */
@NullMarked
package phalanx.proxy.route;

import org.jspecify.annotations.NullMarked;
