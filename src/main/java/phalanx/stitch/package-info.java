/**
 * One conversation seen at several capture points: which packet here is which packet there, in which order the points lie on
 * each direction's path, and what each point's clock reads on the reference clock.
 *
 * <p>Reading order: {@link phalanx.stitch.CapturePoint}, {@link phalanx.stitch.Stitcher}, {@link phalanx.stitch.Stitched},
 * {@link phalanx.stitch.Conversation}, {@link phalanx.stitch.Journeys}, {@link phalanx.stitch.HopPath},
 * {@link phalanx.stitch.ClockAlignment}. Data comes from {@code decode} and goes to {@code measure}.
 */
@NullMarked
package phalanx.stitch;

import org.jspecify.annotations.NullMarked;
