package phalanx.explain;

import phalanx.stitch.HopFile;

/**
 * A capture file that is still written. Immutable, any thread.
 *
 * @param untilNanos of its own stamps up to this one all captures have all they will have: a packet that is not there by then was lost,
 *     one behind it may just be on its way to another file
 */
public record LiveFile(HopFile file, long untilNanos) {}
