package phalanx.show;

import java.util.Arrays;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/** How wide the texts of diagrams are, from the widths of single characters, so that thousands can be measured in a frame. Any thread. */
public final class TextRuler {
    private static final double MEASURED_AT = 100;
    private static final int KNOWN = 0x250;
    private static final String DOTS = "\u2026";

    private static final Widths PLAIN = new Widths(FontWeight.NORMAL), BOLD = new Widths(FontWeight.BOLD);

    private TextRuler() {}

    /** Width in pixels. @param size of the font, pixels */
    public static double width(String text, double size, boolean inBold) {
        double sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += width(text.charAt(i), inBold);
        }
        return sum * size / MEASURED_AT;
    }

    private static double width(char c, boolean inBold) {
        return (inBold ? BOLD : PLAIN).of(c < KNOWN ? c : 'W');
    }

    /** Measured when they are first asked for; threads that meet measure the same. */
    private static final class Widths {
        private final double[] known = new double[KNOWN];
        private final Font font;

        Widths(FontWeight weight) {
            font = Font.font("System", weight, MEASURED_AT);
            Arrays.fill(known, -1);
        }

        double of(char c) {
            if (known[c] < 0) {
                Text text = new Text(String.valueOf(c));
                text.setFont(font);
                known[c] = text.getLayoutBounds().getWidth();
            }
            return known[c];
        }
    }

    /** The text, or its begin and end with dots between where it does not fit: an address is known by both. */
    public static String shortened(String text, double size, boolean inBold, double room) {
        if (width(text, size, inBold) <= room) {
            return text;
        }
        int begin = (text.length() + 1) / 2;
        int end = begin;
        while (begin > 1 && width(text.substring(0, begin) + DOTS + text.substring(end), size, inBold) > room) {
            if (begin >= text.length() - end) {
                begin--;
            } else {
                end++;
            }
        }
        return text.substring(0, begin) + DOTS + text.substring(end);
    }
}
