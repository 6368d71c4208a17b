package phalanx.show;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import org.jspecify.annotations.Nullable;

/** Colours below texts, and how well texts are read on them: contrast by WCAG 2.2. */
final class Ground {
    private Ground() {}

    /** What a node stands on, as far as it is plain colours; null when it is not. */
    static @Nullable Color below(Node node) {
        List<Color> layers = new ArrayList<>(); // the uppermost first
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof Region region && region.getBackground() != null) {
                if (!region.getBackground().getImages().isEmpty()) {
                    return null;
                }
                List<BackgroundFill> fills = region.getBackground().getFills();
                for (int i = fills.size() - 1; i >= 0; i--) {
                    if (!(fills.get(i).getFill() instanceof Color colour)) {
                        return null;
                    }
                    if (colour.getOpacity() > 0) {
                        layers.add(colour);
                    }
                    if (colour.getOpacity() == 1) {
                        return flat(layers);
                    }
                }
            }
        }
        Paint last = node.getScene().getFill();
        if (last instanceof Color colour && colour.getOpacity() == 1) {
            layers.add(colour);
            return flat(layers);
        }
        return null;
    }

    private static Color flat(List<Color> layers) {
        Color seen = opaque(layers.getLast());
        for (Color layer : layers.reversed()) {
            seen = seen.interpolate(opaque(layer), layer.getOpacity());
        }
        return seen;
    }

    static Color opaque(Color colour) {
        return Color.color(colour.getRed(), colour.getGreen(), colour.getBlue());
    }

    static double contrast(Color one, Color other) {
        double a = luminance(one), b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** WCAG 2.2, relative luminance. */
    static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
