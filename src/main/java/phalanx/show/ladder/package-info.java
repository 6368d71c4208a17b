/** Packets between the points over time. First types: {@link phalanx.show.ladder.LadderView}, {@link phalanx.show.ladder.LadderPicture}, {@link phalanx.show.ladder.LadderPainter}. */
@NullMarked
package phalanx.show.ladder;

import org.jspecify.annotations.NullMarked;
