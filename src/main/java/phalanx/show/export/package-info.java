/**
 * What the desk shows, into files: a view as picture, drawing or table, the case as a report. First types:
 * {@link phalanx.show.export.ExportDialog}, {@link phalanx.show.export.ExportViewModel}; who knows the formats is behind
 * {@link phalanx.show.export.Exporter}.
 */
@NullMarked
package phalanx.show.export;

import org.jspecify.annotations.NullMarked;
