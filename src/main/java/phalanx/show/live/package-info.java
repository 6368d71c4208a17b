/**
 * Captures that are made while the desk looks on. First types: {@link phalanx.show.live.LiveSession}, {@link
 * phalanx.show.live.LiveStrip}, {@link phalanx.show.live.CaptureDialog}.
 */
@NullMarked
package phalanx.show.live;

import org.jspecify.annotations.NullMarked;
