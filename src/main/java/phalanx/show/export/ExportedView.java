package phalanx.show.export;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.IntFunction;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.transform.Transform;
import phalanx.explain.Drawing;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Graphics2DPen;

/**
 * A view as it stands, to be taken away.
 *
 * @param title as on its tab
 * @param snapshot its pixels, so many for each of the screen's; screen thread
 */
public record ExportedView(
        String title, Optional<DataTable> table, Optional<Drawing> drawing, IntFunction<BufferedImage> snapshot) {
    /** Screen thread. */
    public static ExportedView of(String title, DeskView view) {
        Optional<Drawing> drawing = view.drawing()
                .map(drawn -> new Drawing(
                        title,
                        drawn.width(),
                        drawn.height(),
                        surface -> drawn.onto().accept(new Graphics2DPen(surface))));
        return new ExportedView(title, view.table(), drawing, scale -> snapshot(view.node(), scale));
    }

    private static BufferedImage snapshot(Node node, int scale) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(scale, scale));
        return Graphics2DPen.awt(node.snapshot(parameters, null));
    }

    /** A drawing in pixels, on white where it leaves its surface bare. Any thread. */
    static BufferedImage pixels(Drawing drawing, int scale) {
        int width = (int) Math.ceil(drawing.width() * scale);
        int height = (int) Math.ceil(drawing.height() * scale);
        BufferedImage image = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_INT_RGB);
        Graphics2D surface = image.createGraphics();
        surface.setColor(Color.WHITE);
        surface.fillRect(0, 0, width, height);
        surface.scale(scale, scale);
        drawing.onto().accept(surface);
        surface.dispose();
        return image;
    }
}
