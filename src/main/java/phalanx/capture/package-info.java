/**
 * Where frames come from: capture files, pipes and what is inside archives, read through one buffer, never whole.
 *
 * <p>Reading order: {@link phalanx.capture.CaptureFile}, {@link phalanx.capture.FrameCursor},
 * {@link phalanx.capture.CaptureSummary}, {@link phalanx.capture.PcapngWriter}. Frames go to {@code decode}.
 */
@NullMarked
package phalanx.capture;

import org.jspecify.annotations.NullMarked;
