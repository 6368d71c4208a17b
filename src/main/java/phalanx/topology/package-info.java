/**
 * The graph of capture points and hosts that the traffic draws: who is linked to whom, in which order, with which measures.
 *
 * <p>Reading order: {@link phalanx.topology.NetworkMap}. Data comes from {@code measure} and goes to {@code diagnose} and
 * {@code show}.
 */
@NullMarked
package phalanx.topology;

import org.jspecify.annotations.NullMarked;
