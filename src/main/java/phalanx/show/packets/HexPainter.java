package phalanx.show.packets;

import java.util.HexFormat;
import java.util.Locale;
import javafx.scene.paint.Color;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** Draws bytes in hexadecimal and as text: offset, octets in two groups, characters. */
final class HexPainter {
    /** At the usual size of texts, pixels. */
    private static final double LINE = 18,
            FONT = 12.5,
            LEFT = 4,
            OFFSET = 34,
            LEAST_OCTET = 18.5,
            MOST_OCTET = 22,
            CHARACTER = 8,
            GAP = 8;

    private static final HexFormat HEX = HexFormat.of();

    private final int perLine;
    private final double text;
    private final double octet;
    private final double character;
    private final double gap;
    private final Palette palette;

    /** @param width in pixels; the most octets in a line that fit, of 16, 8 and 4  @param text so many times the usual size of texts */
    HexPainter(double width, double text, Palette palette) {
        this.palette = palette;
        this.text = text;
        perLine = width >= width(16, text) ? 16 : width >= width(8, text) ? 8 : 4;
        double room = (width - width(perLine, text)) / perLine;
        octet = Math.clamp(LEAST_OCTET * text + room, LEAST_OCTET * text, MOST_OCTET * text);
        character = CHARACTER * text;
        gap = GAP * text;
    }

    static double width(int perLine, double text) {
        return LEFT + text * (OFFSET + perLine * (LEAST_OCTET + CHARACTER) + 3 * GAP);
    }

    /** Height of a line, pixels. */
    static double line(double text) {
        return LINE * text;
    }

    int perLine() {
        return perLine;
    }

    int lines(int bytes) {
        return (bytes + perLine - 1) / perLine;
    }

    /** The byte at a place, -1 for none. @param firstLine the line at the top */
    int byteAt(double x, double y, int firstLine, int bytes) {
        int line = firstLine + (int) Math.floor(y / line(text));
        for (int i = 0; i < perLine; i++) {
            int at = line * perLine + i;
            boolean hit =
                    x >= octetX(i) && x < octetX(i) + octet || x >= characterX(i) && x < characterX(i) + character;
            if (hit && at >= 0 && at < bytes) {
                return at;
            }
        }
        return -1;
    }

    private double octetX(int i) {
        return LEFT + OFFSET * text + i * octet + (i >= perLine / 2 ? gap : 0);
    }

    private double characterX(int i) {
        return LEFT + OFFSET * text + perLine * octet + 2 * gap + i * character;
    }

    /** @param firstLine the line at the top  @param height of what is drawn, in pixels */
    void paint(HexPicture picture, int firstLine, double width, double height, Pen pen) {
        pen.fill(palette.background());
        pen.rectangle(0, 0, width, height, 0);
        int last = Math.min(lines(picture.bytes().length), firstLine + (int) Math.ceil(height / line(text)));
        for (int line = Math.max(0, firstLine); line < last; line++) {
            double y = (line - firstLine) * line(text);
            pen.monospaced(FONT * text, false);
            pen.fill(palette.soft());
            pen.text(
                    String.format(Locale.ROOT, "%04x", line * perLine),
                    LEFT,
                    y + line(text) / 2,
                    Pen.Align.LEFT,
                    OFFSET * text);
            for (int i = 0; i < perLine; i++) {
                int at = line * perLine + i;
                if (at < picture.bytes().length) {
                    paintByte(picture, at, i, y, pen);
                }
            }
        }
    }

    private void paintByte(HexPicture picture, int at, int i, double y, Pen pen) {
        boolean field = picture.inField(at);
        boolean other = picture.unexpected().get(at) || picture.expected().get(at);
        if (field || picture.inLayer(at)) {
            pen.fill(tint(palette.selection(), field ? 0.34 : 0.10));
            boolean joined = i + 1 < perLine && picture.inLayer(at + 1) && i + 1 == perLine / 2;
            pen.rectangle(
                    octetX(i),
                    y + 1,
                    octet + (joined && (!field || picture.inField(at + 1)) ? gap : 0),
                    line(text) - 2,
                    0);
            pen.rectangle(characterX(i), y + 1, character, line(text) - 2, 0);
        }
        if (other) {
            boolean wrong = picture.unexpected().get(at);
            Color colour = wrong ? palette.critical() : palette.info();
            pen.stroke(colour, wrong ? 2 : 1.5, wrong ? new double[0] : new double[] {2, 2});
            if (wrong) {
                pen.frame(octetX(i) + 1, y + 1.5, octet - 2, line(text) - 3, 2);
            } else {
                pen.line(octetX(i) + 3, y + line(text) - 2, octetX(i) + octet - 3, y + line(text) - 2);
            }
        }
        if (at == picture.caret()) {
            pen.stroke(palette.selection(), 1.5);
            pen.frame(octetX(i) + 0.75, y + 1, octet - 1.5, line(text) - 2, 3);
        }
        pen.monospaced(FONT * text, field || other);
        byte value = picture.bytes()[at];
        pen.fill(palette.text());
        pen.text(HEX.toHexDigits(value), octetX(i) + octet / 2, y + line(text) / 2, Pen.Align.CENTER, octet);
        boolean printable = value >= 0x20 && value < 0x7F;
        pen.fill(printable ? palette.text() : palette.soft());
        pen.text(
                printable ? Character.toString(value) : "\u00b7",
                characterX(i) + character / 2,
                y + line(text) / 2,
                Pen.Align.CENTER,
                character + 2);
    }

    private static Color tint(Color colour, double opacity) {
        return Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity);
    }
}
