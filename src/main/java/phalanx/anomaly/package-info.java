/**
 * What is out of the ordinary in series of numbers, and which service it began at.
 *
 * <p>Reading order: {@link phalanx.anomaly.AnomalyModel}, {@link phalanx.anomaly.AnomalyDetector},
 * {@link phalanx.anomaly.RootCauseRanking}. Knows nothing of packets.
 */
@NullMarked
package phalanx.anomaly;

import org.jspecify.annotations.NullMarked;
