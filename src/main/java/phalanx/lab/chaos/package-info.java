/**
 * What goes wrong in the lab on purpose. Each fault shows itself only in what it does: nobody who watches is told.
 *
 * <p>Reading order: {@link phalanx.lab.chaos.Chaos}, {@link phalanx.lab.chaos.Fault}, {@link phalanx.lab.chaos.FaultBook}.
 */
@NullMarked
package phalanx.lab.chaos;

import org.jspecify.annotations.NullMarked;
