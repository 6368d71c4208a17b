/**
 * Counts and times per segment of the path and per conversation. Counts stay counts; shares are made at the screen.
 *
 * <p>Reading order: {@link phalanx.measure.SegmentTraffic}, {@link phalanx.measure.SegmentCounts},
 * {@link phalanx.measure.ConversationMetrics}, {@link phalanx.measure.Measures}. Data comes from {@code stitch} and goes to
 * {@code topology} and {@code diagnose}.
 */
@NullMarked
package phalanx.measure;

import org.jspecify.annotations.NullMarked;
