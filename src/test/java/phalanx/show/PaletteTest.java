package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/** Colours measured: contrast by WCAG 2.2, difference by CIE 1976 as people with a colour vision deficiency see it. */
class PaletteTest {
    /** WCAG 2.2, 1.4.3 and 1.4.11. */
    private static final double TEXT = 4.5, MARK = 3;

    /** CIE 1976 colour difference: two that are seen side by side are told apart from about 2.3; small marks need several times that. */
    private static final double APART = 10;

    private static final Map<String, Palette> PALETTES =
            Map.of("light", Palette.LIGHT, "dark", Palette.DARK, "high contrast", Palette.HIGH_CONTRAST);

    /**
     * Full loss of one kind of cone, on linear RGB: Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of
     * Color Vision Deficiency, IEEE TVCG 15(6), 2009, severity 1.0.
     */
    private static final Map<String, double[][]> DEFICIENCIES = new LinkedHashMap<>(Map.of(
            "protanopia",
            new double[][] {
                {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
            },
            "deuteranopia",
            new double[][] {
                {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
            },
            "tritanopia",
            new double[][] {
                {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}
            }));

    private static double[] linear(Color colour) {
        return new double[] {
            Ground.linear(colour.getRed()), Ground.linear(colour.getGreen()), Ground.linear(colour.getBlue())
        };
    }

    private static double[] seen(Color colour, double[][] matrix) {
        double[] rgb = linear(colour);
        double[] out = new double[3];
        for (int i = 0; i < 3; i++) {
            out[i] = Math.clamp(matrix[i][0] * rgb[0] + matrix[i][1] * rgb[1] + matrix[i][2] * rgb[2], 0, 1);
        }
        return out;
    }

    /** CIE L*a*b*, D65, of linear sRGB. */
    private static double[] lab(double[] rgb) {
        double x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
        double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
        double z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;
        return new double[] {116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))};
    }

    private static double root(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double difference(Color one, Color other, double[][] matrix) {
        double[] a = lab(seen(one, matrix)), b = lab(seen(other, matrix));
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static Map<String, Color> texts(Palette of) {
        return new LinkedHashMap<>(Map.of(
                "text",
                of.text(),
                "soft",
                of.soft(),
                "critical",
                of.critical(),
                "warning",
                of.warning(),
                "info",
                of.info(),
                "ok",
                of.ok(),
                "to server",
                of.toServer(),
                "to client",
                of.toClient(),
                "again",
                of.again()));
    }

    @Test
    void texts_can_be_read_and_marks_be_seen_on_both_grounds_of_every_theme() {
        List<String> faint = new ArrayList<>();
        PALETTES.forEach((name, palette) -> {
            Map<String, Color> grounds = Map.of("background", palette.background(), "card", palette.card());
            grounds.forEach((ground, below) -> {
                texts(palette)
                        .forEach((what, colour) ->
                                note(faint, name, what, ground, Ground.contrast(colour, below), TEXT));
                note(faint, name, "selection", ground, Ground.contrast(palette.selection(), below), MARK);
                for (int i = 0; i < palette.series().size(); i++) {
                    note(
                            faint,
                            name,
                            "series " + i,
                            ground,
                            Ground.contrast(palette.series().get(i), below),
                            MARK);
                }
            });
        });
        assertEquals(List.of(), faint);
    }

    private static void note(List<String> into, String name, String what, String on, double measured, double wanted) {
        if (measured < wanted) {
            into.add(String.format(Locale.ROOT, "%s: %s on %s %.2f, wanted %.1f", name, what, on, measured, wanted));
        }
    }

    @Test
    void directions_and_severities_are_told_apart_with_a_colour_vision_deficiency() {
        List<String> alike = new ArrayList<>();
        PALETTES.forEach((name, palette) -> DEFICIENCIES.forEach((deficiency, matrix) -> {
            alike(alike, name, deficiency, "directions", palette.toServer(), palette.toClient(), matrix);
            alike(alike, name, deficiency, "ok and critical", palette.ok(), palette.critical(), matrix);
            alike(alike, name, deficiency, "info and critical", palette.info(), palette.critical(), matrix);
            alike(alike, name, deficiency, "text and critical", palette.text(), palette.critical(), matrix);
        }));
        assertEquals(List.of(), alike);
    }

    @Test
    void all_series_are_told_apart_with_a_colour_vision_deficiency() {
        List<String> alike = new ArrayList<>();
        PALETTES.forEach((name, palette) -> DEFICIENCIES.forEach((deficiency, matrix) -> {
            for (int i = 0; i < palette.series().size(); i++) {
                for (int j = i + 1; j < palette.series().size(); j++) {
                    alike(
                            alike,
                            name,
                            deficiency,
                            "series " + i + " and " + j,
                            palette.series().get(i),
                            palette.series().get(j),
                            matrix);
                }
            }
        }));
        assertEquals(List.of(), alike);
    }

    private static void alike(
            List<String> into, String name, String deficiency, String what, Color one, Color other, double[][] matrix) {
        double measured = difference(one, other, matrix);
        if (measured < APART) {
            into.add(String.format(Locale.ROOT, "%s, %s: %s differ by %.1f", name, deficiency, what, measured));
        }
    }
}
