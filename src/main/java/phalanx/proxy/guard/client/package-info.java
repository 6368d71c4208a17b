/**
 * Who the clients are and what they may: limits, reputation, bans, and what was done to whom.
 *
 * <p>Read first: {@link phalanx.proxy.guard.client.Reputation}.
 */
@NullMarked
package phalanx.proxy.guard.client;

import org.jspecify.annotations.NullMarked;
