/**
 * Captures while traffic passes: which interfaces there are, which capture filter is valid, who captures (libpcap in this process, else
 * {@code dumpcap} or {@code tcpdump} as a child), and the files that frames go to.
 *
 * <p>Reading order: {@link phalanx.capture.live.CaptureInterface}, {@link phalanx.capture.live.CaptureFilter},
 * {@link phalanx.capture.live.CaptureOptions}, {@link phalanx.capture.live.LiveCapture}, {@link phalanx.capture.live.RingRecorder}.
 */
@NullMarked
package phalanx.capture.live;

import org.jspecify.annotations.NullMarked;
