/**
 * Where views stand: docks that can be moved, hidden, put into windows of their own and brought back, on BentoFX.
 *
 * <p>First types: {@link phalanx.show.dock.Docks}, {@link phalanx.show.dock.DockedView}, {@link phalanx.show.dock.DockTree}.
 */
@NullMarked
package phalanx.show.dock;

import org.jspecify.annotations.NullMarked;
