/**
 * What other tools recorded beside the captures: which files, how they join, and what happened when. First types: {@link
 * phalanx.show.imports.ImportsViewModel}, {@link phalanx.show.imports.ImportsPane}, {@link phalanx.show.imports.EventsView}. Charts and map
 * show it, too, from {@link phalanx.show.ViewContext#telemetry}.
 */
@NullMarked
package phalanx.show.imports;

import org.jspecify.annotations.NullMarked;
