package phalanx.explain;

import java.awt.Graphics2D;
import java.util.function.Consumer;

/**
 * A picture that can be drawn again onto any surface: pixels, SVG or PDF.
 *
 * @param title what a reader who cannot see is told
 * @param width of the surface in its own units, as {@code height}
 * @param onto draws; called on any thread, once for each surface
 */
public record Drawing(String title, double width, double height, Consumer<Graphics2D> onto) {}
