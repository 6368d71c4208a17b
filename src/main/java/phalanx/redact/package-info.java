/**
 * Takes addresses, payload and names out of captures, so that they can leave the house and still be analysed. First types: {@link
 * phalanx.redact.CaptureRedactor}, {@link phalanx.redact.FrameRedactor}, {@link phalanx.redact.AddressMap}. What is not understood is
 * blanked, never passed through. Frames come from {@code capture}; new captures go out.
 */
@NullMarked
package phalanx.redact;

import org.jspecify.annotations.NullMarked;
