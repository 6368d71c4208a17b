package phalanx.share;

import java.util.Locale;

/** SVG elements as text, everything from outside escaped. */
final class Svg {
    private static final char NEW_LINE = '\n';

    private final StringBuilder body = new StringBuilder();

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }

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
                        escape(text)))
                .append(NEW_LINE);
    }

    /** @param title what a reader who cannot see is told */
    String picture(double width, double height, String title) {
        return String.format(
                Locale.ROOT,
                "<svg viewBox='0 0 %.0f %.0f' style='max-width:%.0fpx' role='img' aria-label=\"%s\">%n%s</svg>%n",
                width,
                height,
                width,
                escape(title),
                body);
    }
}
