package phalanx.show.ladder;

import java.util.Objects;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.show.Controls;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Selection;
import phalanx.show.Spoken;
import phalanx.show.TextSize;
import phalanx.show.ViewContext;
import phalanx.show.Words;

/** The ladder between its bar and what is known of the packets that are pointed at. */
public final class LadderView extends BorderPane implements DeskView {
    private static final Words WORDS = Words.of("ladder");

    /** Pixels, where texts are of their usual size, below which the drawing needs all the room; the sightings are then told at the pointer. */
    private static final double ROOM_FOR_TABLE = 400;

    private final Analysis analysis;
    private final LadderViewModel model;
    private final LadderCanvas canvas;
    private final LadderBar bar;
    private final FigureGrid sightings = new FigureGrid();
    private final FigureGrid figures = new FigureGrid();
    private final Label hint = new Label(WORDS.get("hint"));
    private final Label nothing = new Label();
    private final Button clear = Controls.button("", this::clear);
    private final VBox empty = new VBox(10, nothing, clear);
    private final TextSize texts = new TextSize();
    private final ViewContext context;

    public LadderView(ViewContext context) {
        this.context = context;
        analysis = context.analysis();
        model = new LadderViewModel(context);
        canvas = new LadderCanvas(model, context.palette());
        Spoken.diagram(canvas.canvas(), WORDS.get("ladder"), WORDS.get("keys"));
        bar = new LadderBar(model, canvas);
        getStyleClass().add("ladder");
        getStylesheets()
                .add(Objects.requireNonNull(LadderView.class.getResource("/show/ladder.css"))
                        .toExternalForm());
        setTop(bar);
        nothing.setWrapText(true);
        nothing.setTextAlignment(TextAlignment.CENTER);
        empty.setAlignment(Pos.CENTER);
        empty.getStyleClass().add("state");
        HoverCard card = new HoverCard(canvas);
        StackPane centre = new StackPane(canvas, empty, card);
        setCenter(centre);
        hint.getStyleClass().add("soft");
        hint.setWrapText(true);
        HBox tables = new HBox(28, sightings, figures);
        ScrollPane wide = new ScrollPane(tables);
        wide.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        // The bar below takes no row of the tables, and no room where there is none.
        wide.hbarPolicyProperty()
                .bind(Bindings.when(tables.widthProperty().greaterThan(wide.widthProperty()))
                        .then(ScrollPane.ScrollBarPolicy.ALWAYS)
                        .otherwise(ScrollPane.ScrollBarPolicy.NEVER));
        wide.setMinHeight(Region.USE_PREF_SIZE);
        wide.setAccessibleText(WORDS.get("sightings"));
        wide.visibleProperty().bind(sightings.visibleProperty().or(figures.visibleProperty()));
        wide.managedProperty().bind(wide.visibleProperty());
        VBox foot = new VBox(wide, hint);
        foot.getStyleClass().add("ladder-foot");
        foot.setMinSize(0, Region.USE_PREF_SIZE);
        setBottom(foot);
        getChildren().add(texts);
        heightProperty().subscribe(_ -> makeRoom());
        texts.times().subscribe(_ -> makeRoom());
        new LadderInput(model, canvas);
        model.picture().subscribe(this::showPicture);
        model.picture().subscribe(card::clear);
        model.selection().state().subscribe(_ -> showPackets());
        model.second().subscribe(_ -> showPackets());
        model.busy().subscribe(_ -> showPicture(model.picture().get()));
    }

    private void makeRoom() {
        sightings.setCompact(getHeight() < ROOM_FOR_TABLE * texts.now());
    }

    private void showPicture(@Nullable LadderPicture picture) {
        boolean none = picture == null && !model.busy().get();
        empty.setVisible(none);
        empty.setManaged(none);
        canvas.setVisible(picture != null);
        if (picture == null) {
            bar.setTitle("");
            boolean filtered = !model.scope().shown().isAll();
            boolean narrowed = model.scope().range() != null;
            nothing.setText(
                    filtered
                            ? WORDS.get("no-match", model.scope().shown().filter())
                            : narrowed ? WORDS.get("nothing-then") : WORDS.get("no-packets"));
            clear.setText(filtered ? WORDS.get("clear-filter") : WORDS.get("clear-range"));
            clear.setVisible(filtered || narrowed);
        } else {
            bar.setTitle(LadderTitle.of(picture));
        }
        showPackets();
    }

    private void clear() {
        if (model.scope().shown().isAll()) {
            model.selection().range(null);
        } else {
            context.filterFor().accept("");
        }
    }

    private void showPackets() {
        LadderPicture picture = model.picture().get();
        int selected = picture == null
                ? Selection.NONE
                : picture.rungOf(model.selection().now().journey());
        int second =
                picture == null ? Selection.NONE : picture.rungOf(model.second().get());
        show(sightings, picture != null && selected >= 0 ? PacketTables.sightings(picture, selected) : null);
        DataTable figure = null;
        if (picture != null && selected >= 0 && second >= 0) {
            figure = PacketTables.between(picture, selected, second);
        } else if (picture != null && picture.scope().compares()) {
            figure = ComparisonTable.of(analysis, picture);
        }
        show(figures, figure);
        boolean free = picture != null && selected < 0 && figure == null;
        hint.setVisible(free);
        hint.setManaged(free);
        Spoken.tell(canvas.canvas(), spoken(picture, selected));
    }

    private static String spoken(@Nullable LadderPicture picture, int selected) {
        if (picture == null) {
            return WORDS.get("summary-empty");
        }
        String summary = LadderTitle.summary(picture);
        return selected < 0
                ? summary
                : WORDS.get(
                        "summary-selected",
                        summary,
                        PacketTables.sightings(picture, selected).title());
    }

    private static void show(FigureGrid grid, @Nullable DataTable table) {
        grid.setVisible(table != null);
        grid.setManaged(table != null);
        if (table != null) {
            grid.show(table);
        }
    }

    @Override
    public BorderPane node() {
        return this;
    }

    LadderViewModel model() {
        return model;
    }

    LadderCanvas canvas() {
        return canvas;
    }

    @Override
    public void showNewest() {
        canvas.showNewest();
    }

    @Override
    public Optional<DataTable> table() {
        LadderPicture picture = model.picture().get();
        return picture == null
                ? Optional.empty()
                : Optional.of(new LadderTable(
                        picture, LadderTitle.of(picture), model.noted().getValue()));
    }

    @Override
    public Optional<Drawing> drawing() {
        return canvas.drawing();
    }
}
