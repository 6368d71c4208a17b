/**
 * Words of the wire as values: addresses, endpoints, flows, sequence numbers, the two directions of a conversation.
 *
 * <p>Reading order: {@link phalanx.net.IpAddress}, {@link phalanx.net.Endpoint}, {@link phalanx.net.FlowKey},
 * {@link phalanx.net.Direction}, {@link phalanx.net.HopId}, {@link phalanx.net.SeqNumber}. Imports nothing of Phalanx.
 */
@NullMarked
package phalanx.net;

import org.jspecify.annotations.NullMarked;
