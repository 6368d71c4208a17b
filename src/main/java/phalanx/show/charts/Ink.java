package phalanx.show.charts;

import java.awt.BasicStroke;
import java.util.List;
import javafx.scene.paint.Color;
import phalanx.show.Palette;

/**
 * How something is told apart from the rest of its chart: by colour, dash and marker together, so that colour is never the only
 * sign. Any thread.
 *
 * @param number from 0; which colour of a series, which dash and which marker
 */
record Ink(Tone tone, int number) {
    /** Where the colour comes from. */
    enum Tone {
        SERIES,
        TO_SERVER,
        TO_CLIENT,
        AGAIN,
        WARNING
    }

    private static final List<float[]> DASHES =
            List.of(new float[0], new float[] {7, 3}, new float[] {2, 3}, new float[] {9, 3, 2, 3});

    static Ink series(int number) {
        return new Ink(Tone.SERIES, number);
    }

    Color colour(Palette palette) {
        return switch (tone) {
            case SERIES -> palette.series().get(number % palette.series().size());
            case TO_SERVER -> palette.toServer();
            case TO_CLIENT -> palette.toClient();
            case AGAIN -> palette.again();
            case WARNING -> palette.warning();
        };
    }

    /** Lengths of stroke and gap in pixels, none for a solid line. */
    float[] dash() {
        return DASHES.get(number % DASHES.size());
    }

    BasicStroke stroke(float width) {
        float[] dash = dash();
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, dash, 0);
    }
}
