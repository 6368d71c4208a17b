/** The traffic as a map, and the summary of a place on it. First types: {@link phalanx.show.map.MapView},
 * {@link phalanx.show.map.MapViewModel}, {@link phalanx.show.map.MapPicture}, {@link phalanx.show.map.MapPainter}. */
@NullMarked
package phalanx.show.map;

import org.jspecify.annotations.NullMarked;
