/**
 * Faults made on purpose, to see what they look like and who survives them.
 *
 * <p>Reading order: {@link phalanx.proxy.fault.Fault}, {@link phalanx.proxy.fault.Faults}.
 */
@NullMarked
package phalanx.proxy.fault;

import org.jspecify.annotations.NullMarked;
