package phalanx.show.map;

import java.util.Arrays;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/** How wide texts are, from the widths of single characters, so that thousands can be measured in a frame. Screen thread. */
final class TextRuler {
    private static final double MEASURED_AT = 100;
    private static final int KNOWN = 0x250;
    private static final String DOTS = "\u2026";

    private final double[] plain = new double[KNOWN];
    private final double[] bold = new double[KNOWN];
    private final Font plainFont = Font.font("System", FontWeight.NORMAL, MEASURED_AT);
    private final Font boldFont = Font.font("System", FontWeight.BOLD, MEASURED_AT);

    TextRuler() {
        Arrays.fill(plain, -1);
        Arrays.fill(bold, -1);
    }

    /** @param size of the font, pixels */
    double width(String text, double size, boolean inBold) {
        double sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += width(text.charAt(i), inBold);
        }
        return sum * size / MEASURED_AT;
    }

    private double width(char c, boolean inBold) {
        double[] known = inBold ? bold : plain;
        char like = c < KNOWN ? c : 'W';
        if (known[like] < 0) {
            Text text = new Text(String.valueOf(like));
            text.setFont(inBold ? boldFont : plainFont);
            known[like] = text.getLayoutBounds().getWidth();
        }
        return known[like];
    }

    /** The text, or its begin and end with dots between where it does not fit: an address is known by both. */
    String shortened(String text, double size, boolean inBold, double room) {
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
