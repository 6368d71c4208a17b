/**
 * Where frames come from: capture files, read over mapped windows, never whole.
 *
 * <p>Reading order: {@link phalanx.capture.CaptureFile}, {@link phalanx.capture.FrameCursor},
 * {@link phalanx.capture.CaptureSummary}, {@link phalanx.capture.ByteSource}. Frames go to {@code decode}.
 */
@NullMarked
package phalanx.capture;

import org.jspecify.annotations.NullMarked;
