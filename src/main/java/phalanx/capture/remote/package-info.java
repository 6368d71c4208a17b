/**
 * Captures that come from other machines, into the same files as those of {@link phalanx.capture.live}: by ssh with the tools that are there, or from
 * a Phalanx that runs there as an agent.
 *
 * <p>Reading order: {@link phalanx.capture.remote.HopAddress}, {@link phalanx.capture.remote.HopCaptures},
 * {@link phalanx.capture.remote.SshSource}, {@link phalanx.capture.remote.AgentSource}, {@link phalanx.capture.remote.AgentServer}.
 */
@NullMarked
package phalanx.capture.remote;

import org.jspecify.annotations.NullMarked;
