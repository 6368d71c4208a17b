package phalanx.show;

import javafx.beans.value.ObservableValue;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/**
 * How large texts are where a drawing stands: an unseen text beside the drawing, whose font the style of the window sets. So diagrams
 * grow with all other texts. Screen thread.
 */
public final class TextSize extends Text {
    /** Pixels of texts at 100 %. */
    public static final double USUAL = 13;

    private final ObservableValue<Double> times =
            fontProperty().map(Font::getSize).map(size -> size / USUAL);

    /** To be added to the children of the drawing's region. */
    public TextSize() {
        setManaged(false);
        setMouseTransparent(true);
    }

    /** So many times the usual size. */
    public ObservableValue<Double> times() {
        return times;
    }

    /** So many times the usual size now. */
    public double now() {
        return times.getValue();
    }
}
