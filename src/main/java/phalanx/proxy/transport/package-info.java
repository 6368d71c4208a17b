/**
 * Event loops and sockets: which kind the machine has, and what belongs to each loop.
 *
 * <p>Reading order: {@link phalanx.proxy.transport.Transport}, {@link phalanx.proxy.transport.Workers},
 * {@link phalanx.proxy.transport.Worker}, {@link phalanx.proxy.transport.Deadlines}.
 */
@NullMarked
package phalanx.proxy.transport;

import org.jspecify.annotations.NullMarked;
