package phalanx.show.map;

import atlantafx.base.theme.Styles;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import phalanx.show.Controls;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.topology.Layout;

/** The topology map: the path or who talks to whom, with its tool bar, legend and conditions to find and to hide. Screen thread. */
public final class MapView extends BorderPane implements DeskView {
    private static final Words WORDS = Words.of("map");
    private static final Duration UNNOTICED = Duration.millis(150);

    private final ViewContext context;
    private final MapViewModel model;
    private final MapCanvas canvas;
    private final Label hover = new Label();
    private final StackPane over = new StackPane();
    private final VBox above = new VBox();

    public MapView(ViewContext context) {
        this.context = context;
        model = new MapViewModel(context);
        canvas = new MapCanvas(model, context.palette());
        getStyleClass().add("map");
        getStylesheets()
                .add(Objects.requireNonNull(MapView.class.getResource("/show/map.css"))
                        .toExternalForm());
        setMinHeight(120);
        MapLegend legend = new MapLegend(context.palette());
        HBox conditions = new HBox(
                8,
                condition(
                        WORDS.get("find.name"),
                        WORDS.get("find.prompt"),
                        model.find(),
                        model.findProblem(),
                        model::nextFound),
                condition(
                        WORDS.get("hide.name"), WORDS.get("hide.prompt"), model.hide(), model.hideProblem(), () -> {}));
        conditions.getStyleClass().add("map-conditions");
        setTop(new VBox(toolBar(legend, conditions), conditions, above));
        hover.getStyleClass().add("map-hover");
        hover.setManaged(false);
        hover.setMouseTransparent(true);
        hover.setVisible(false);
        over.setPickOnBounds(false);
        ProgressIndicator busy = busy();
        StackPane.setAlignment(busy, Pos.TOP_RIGHT);
        StackPane.setMargin(busy, new Insets(8));
        StackPane stack = new StackPane(canvas, over, hover, busy);
        stack.setMinSize(0, 0);
        setCenter(stack);
        setBottom(legend);
        canvas.onHover(this::hover);
        model.picture().subscribe(_ -> tell());
        model.failure().subscribe(_ -> tell());
        context.selection().state().subscribe(_ -> describe());
    }

    private HBox toolBar(Node legend, Node conditions) {
        ToggleButton path = level(WORDS.get("level.path"), WORDS.get("level.path-hint"), MapLevel.PATH);
        ToggleButton hosts = level(WORDS.get("level.hosts"), WORDS.get("level.hosts-hint"), MapLevel.HOSTS);
        ToggleButton services = level(WORDS.get("level.services"), WORDS.get("level.services-hint"), MapLevel.SERVICES);
        ToggleButton named = level(WORDS.get("level.named"), WORDS.get("level.named-hint"), MapLevel.NAMED);
        SegmentedButton levels = new SegmentedButton(path, hosts, services);
        model.services().subscribe(now -> {
            levels.getButtons().remove(named); // only where there are any
            if (!now.isEmpty()) {
                levels.getButtons().add(named);
            }
        });
        FlowPane what = new FlowPane(6, 4, levels, layouts());
        what.setPrefWrapLength(Short.MAX_VALUE); // in one line if there is room
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox bar = new HBox(
                6,
                what,
                switchFor(conditions, "mdi2m-magnify", WORDS.get("conditions.switch")),
                switchFor(legend, "mdi2m-map-legend", WORDS.get("legend.switch")),
                Controls.icon("mdi2m-minus", WORDS.get("zoom.out"), canvas::zoomOut),
                Controls.icon("mdi2p-plus", WORDS.get("zoom.in"), canvas::zoomIn),
                Controls.icon("mdi2f-fit-to-page-outline", WORDS.get("zoom.fit"), canvas::fit));
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().addAll("pane-bar", "map-bar");
        return bar;
    }

    private ToggleButton level(String text, String hint, MapLevel level) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(hint));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> {
            button.setSelected(true);
            model.level().set(level);
        });
        model.level().subscribe(now -> button.setSelected(now == level));
        return button;
    }

    private ComboBox<Layout.Kind> layouts() {
        ComboBox<Layout.Kind> box = new ComboBox<>();
        box.getItems().setAll(Layout.Kind.values());
        box.setConverter(new Named<>(kind -> switch (kind) {
            case PATH -> WORDS.get("layout.path");
            case LAYERED -> WORDS.get("layout.layered");
            case FORCE -> WORDS.get("layout.force");
        }));
        box.setAccessibleText(WORDS.get("layout.name"));
        box.setTooltip(new Tooltip(WORDS.get("layout.name")));
        box.valueProperty().bindBidirectional(model.layout());
        return box;
    }

    /** Words for the values of a list that are never typed. */
    private static final class Named<T> extends StringConverter<T> {
        private final Function<T, String> word;

        Named(Function<T, String> word) {
            this.word = word;
        }

        @Override
        public String toString(T value) {
            return word.apply(value);
        }

        @Override
        public T fromString(String text) {
            throw new UnsupportedOperationException("not typed");
        }
    }

    /** Turns after a while of work that would go unnoticed otherwise. */
    private ProgressIndicator busy() {
        ProgressIndicator turning = new ProgressIndicator();
        turning.setAccessibleText(WORDS.get("busy"));
        turning.getStyleClass().add("map-busy");
        turning.setMouseTransparent(true);
        turning.setVisible(false);
        PauseTransition wait = new PauseTransition(UNNOTICED);
        wait.setOnFinished(_ -> turning.setVisible(model.busy().get()));
        model.busy().subscribe(busy -> {
            if (busy) {
                wait.playFromStart();
            } else {
                wait.stop();
                turning.setVisible(false);
            }
        });
        return turning;
    }

    private static ToggleButton switchFor(Node shown, String icon, String hint) {
        ToggleButton button = Controls.toggle(icon, hint);
        shown.visibleProperty().bind(button.selectedProperty());
        shown.managedProperty().bind(button.selectedProperty());
        return button;
    }

    private static VBox condition(
            String name, String prompt, StringProperty text, ReadOnlyStringProperty problem, Runnable entered) {
        TextField field = new TextField();
        field.setPromptText(prompt);
        field.setAccessibleText(name);
        field.setTooltip(new Tooltip(WORDS.get("query.help")));
        field.textProperty().bindBidirectional(text);
        field.setOnAction(_ -> entered.run());
        Label label = new Label(name);
        label.setLabelFor(field);
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox line = new HBox(6, label, field);
        line.setAlignment(Pos.CENTER_LEFT);
        Label wrong = new Label();
        wrong.getStyleClass().add("severity-critical");
        wrong.setWrapText(true);
        wrong.textProperty().bind(problem);
        wrong.visibleProperty().bind(problem.isNotEmpty());
        wrong.managedProperty().bind(wrong.visibleProperty());
        problem.subscribe(told -> field.pseudoClassStateChanged(Styles.STATE_DANGER, !told.isEmpty()));
        VBox box = new VBox(2, line, wrong);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private void hover(Optional<MapCanvas.Hover> on) {
        hover.setVisible(on.isPresent());
        on.ifPresent(at -> {
            MapPicture picture = at.picture();
            hover.setText(
                    at.node() >= 0
                            ? HoverText.of(picture.nodes().get(at.node()))
                            : HoverText.of(picture, picture.edges().get(at.edge())));
            hover.applyCss();
            hover.autosize();
            hover.relocate(
                    Math.clamp(at.x() + 18, 4, Math.max(4, canvas.getWidth() - hover.getWidth() - 4)),
                    Math.clamp(at.y() + 18, 4, Math.max(4, canvas.getHeight() - hover.getHeight() - 4)));
        });
    }

    /** Says what is drawn, or why nothing is. */
    private void tell() {
        MapPicture picture = model.picture().get();
        over.getChildren().clear();
        above.getChildren().clear();
        if (!model.failure().get().isEmpty()) {
            over.getChildren().add(MapNotice.sentence(model.failure().get()));
        } else if (picture != null) {
            MapNotice.instead(picture, model, context).ifPresent(over.getChildren()::add);
            MapNotice.above(picture, model).ifPresent(above.getChildren()::add);
        }
        describe();
    }

    /** For those who do not see it. */
    private void describe() {
        MapPicture picture = model.picture().get();
        if (picture != null) {
            canvas.describe(MapNotice.summary(picture, context));
        }
    }

    @Override
    public BorderPane node() {
        return this;
    }

    @Override
    public Optional<DataTable> table() {
        return Optional.ofNullable(model.picture().get()).map(MapPicture::table);
    }

    @Override
    public Optional<Drawing> drawing() {
        return canvas.drawing();
    }

    /** Its state and actions: where the user put nodes can be kept by them. */
    public MapViewModel model() {
        return model;
    }
}
