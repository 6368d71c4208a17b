/** The path as a map. First types: {@link phalanx.show.map.MapView}, {@link phalanx.show.map.MapPainter}. */
@NullMarked
package phalanx.show.map;

import org.jspecify.annotations.NullMarked;
