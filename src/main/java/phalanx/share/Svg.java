package phalanx.share;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** SVG elements as text, everything from outside escaped. */
final class Svg {
    private static final char NEW_LINE = '\n';

    private final StringBuilder body = new StringBuilder();

    void line(String css, double x1, double y1, double x2, double y2) {
        body.append(String.format(
                        Locale.ROOT, "<line class='%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>", css, x1, y1, x2, y2))
                .append(NEW_LINE);
    }

    void box(String css, double x, double y, double width, double height) {
        rectangle(css, x, y, width, height, 6);
    }

    /** A box without rounded corners, to stand beside others. */
    void bar(String css, double x, double y, double width, double height) {
        rectangle(css, x, y, width, height, 0);
    }

    private void rectangle(String css, double x, double y, double width, double height, int radius) {
        body.append(String.format(
                        Locale.ROOT,
                        "<rect class='%s' x='%.2f' y='%.1f' width='%.2f' height='%.1f' rx='%d'/>",
                        css,
                        x,
                        y,
                        width,
                        height,
                        radius))
                .append(NEW_LINE);
    }

    /** @param anchor start, middle or end */
    void text(String css, double x, double y, String anchor, String text) {
        body.append(String.format(
                        Locale.ROOT,
                        "<text class='%s' x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
                        css,
                        x,
                        y,
                        anchor,
                        XmlText.escape(text)))
                .append(NEW_LINE);
    }

    /** An open line through points, {@code x,y} in turn. */
    void polyline(String css, List<double[]> points) {
        body.append(points.stream()
                        .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]))
                        .collect(Collectors.joining(" ", "<polyline class='" + css + "' points='", "'/>")))
                .append(NEW_LINE);
    }

    /** @param title what a reader who cannot see is told */
    String picture(double width, double height, String title) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' class='picture' viewBox='0 0 %.0f %.0f' width='%.0f' height='%.0f' role='img' aria-label=\"%s\">\n%s</svg>\n",
                width,
                height,
                width,
                height,
                XmlText.escape(title),
                body);
    }
}
