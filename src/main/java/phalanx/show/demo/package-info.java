/**
 * Guided demos: captures with a known fault, a tour that shows how it is found, and a quiz that asks for it.
 *
 * <p>First types: {@link phalanx.show.demo.Demo}, {@link phalanx.show.demo.TourOverlay}, {@link phalanx.show.demo.QuizView}.
 */
@NullMarked
package phalanx.show.demo;

import org.jspecify.annotations.NullMarked;
