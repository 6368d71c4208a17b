/**
 * What happened, noted: requests, for the console, the logs and the joining with packets.
 *
 * <p>Read first: {@link phalanx.proxy.record.RequestRecord}.
 */
@NullMarked
package phalanx.proxy.record;

import org.jspecify.annotations.NullMarked;
