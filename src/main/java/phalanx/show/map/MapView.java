package phalanx.show.map;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Selection;
import phalanx.stitch.Conversation;
import phalanx.topology.NetworkMap;

/** The map of an analysis; a click on a capture point selects it, one on a segment with a finding shows its proof. */
public final class MapView extends Pane {
    private final Analysis analysis;
    private final Selection selection;
    private final Supplier<Palette> palette;
    private final Canvas canvas = new Canvas();

    /** Findings clicked on go to {@code open}. */
    public MapView(Analysis analysis, Selection selection, Supplier<Palette> palette, Consumer<ExplainedFinding> open) {
        this.analysis = analysis;
        this.selection = selection;
        this.palette = palette;
        getChildren().add(canvas);
        setMinHeight(120);
        canvas.widthProperty().bind(widthProperty());
        canvas.heightProperty().bind(heightProperty());
        canvas.widthProperty().subscribe(_ -> paint());
        canvas.heightProperty().subscribe(_ -> paint());
        canvas.setAccessibleText("Map: " + analysis.stitched().captures().size() + " capture points. "
                + analysis.conclusion().summary());
        canvas.setOnMouseClicked(click -> {
            MapPainter painter = painter();
            NetworkMap.Place place = painter.placeAt(click.getX(), click.getY());
            ExplainedFinding finding = painter.findingAt(click.getX(), click.getY(), light());
            if (place != null && place.capture() >= 0) {
                selection.capture().set(place.capture());
            } else if (finding != null) {
                open.accept(finding);
            }
        });
        selection.finding().subscribe(_ -> paint());
        selection.conversation().subscribe(_ -> paint());
        selection.capture().subscribe(_ -> paint());
    }

    private MapPainter painter() {
        return new MapPainter(
                canvas.getGraphicsContext2D(), analysis.map(), palette.get(), canvas.getWidth(), canvas.getHeight());
    }

    private MapPainter.Light light() {
        int conversation = selection.conversation().get();
        Set<Integer> captures = conversation == Selection.NONE
                ? Set.of()
                : analysis.stitched().conversations().get(conversation).legs().stream()
                        .map(Conversation.Leg::capture)
                        .collect(Collectors.toSet());
        return new MapPainter.Light(
                analysis.findings(),
                selection.finding().get(),
                captures,
                selection.capture().get());
    }

    /** Draws anew, as after a change of theme. */
    public void paint() {
        if (canvas.getWidth() > 100 && canvas.getHeight() > 60) {
            painter().paint(light());
        }
    }
}
