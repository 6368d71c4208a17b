package phalanx.show.proxy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.config.Fault;
import phalanx.show.Palette;
import phalanx.show.Words;

/** The configuration as text, checked as it is typed: lines with a fault are marked, the faults stand below. Screen thread. */
final class ConfigEditor extends BorderPane {
    private static final Words WORDS = Words.of("proxy");
    /** So many times the size of texts. */
    private static final double GUTTER = 3.4;

    private static final Duration REST = Duration.millis(300);

    private final TextArea text = new TextArea();
    private final Canvas gutter = new Canvas();
    private final ListView<Fault> list = new ListView<>();
    private final Supplier<Palette> palette;
    private final Runnable afterLayout = this::paint;
    private Set<Integer> marked = Set.of();
    private @Nullable Drawn drawn;

    /** What the numbers were drawn for: they are drawn again only when it changes. */
    private record Drawn(double start, double height, int lines, double length, Set<Integer> marked, Palette palette) {}

    ConfigEditor(ConsoleViewModel model, Supplier<Palette> palette) {
        this.palette = palette;
        text.setAccessibleText(WORDS.get("configuration.name"));
        text.setPromptText(WORDS.get("configuration.prompt"));
        text.setWrapText(false);
        getStyleClass().add("config-editor");
        text.getStyleClass().add("code");
        PauseTransition rest = new PauseTransition(REST);
        rest.setOnFinished(_ -> model.document().check(text.getText()));
        text.textProperty().subscribe(rest::playFromStart);
        sceneProperty().subscribe((before, now) -> { // where lines stand is known only behind the layout
            if (before != null) {
                before.removePostLayoutPulseListener(afterLayout);
            }
            if (now != null) {
                now.addPostLayoutPulseListener(afterLayout);
            }
        });
        model.document().loaded().subscribe(text::setText);
        model.document().file().subscribe(this::enable);
        model.document().faults().subscribe(this::faults);
        list.setAccessibleText(WORDS.get("configuration.faults.name"));
        list.getStyleClass().add("faults");
        list.setCellFactory(_ -> new FaultCell());
        list.getSelectionModel().selectedItemProperty().subscribe(fault -> {
            if (fault != null) {
                show(fault.at().line());
            }
        });
        Pane left = new Pane(gutter);
        left.setMinWidth(Region.USE_PREF_SIZE);
        text.fontProperty().subscribe(font -> {
            gutter.setWidth(GUTTER * font.getSize());
            clear();
        });
        setLeft(left);
        setCenter(text);
    }

    /** What stands there now. */
    String text() {
        return text.getText();
    }

    private void enable(@Nullable Path file) {
        text.setEditable(file != null);
    }

    private void faults(List<Fault> faults) {
        Set<Integer> lines = new HashSet<>();
        faults.forEach(fault -> lines.add(fault.at().line()));
        marked = lines;
        list.getItems().setAll(faults);
        setBottom(faults.isEmpty() ? null : list);
    }

    /** Puts the caret at a line and selects it. */
    private void show(int line) {
        String all = text.getText();
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = all.indexOf('\n', start) + 1;
        }
        int end = all.indexOf('\n', start);
        text.requestFocus();
        text.selectRange(start, end < 0 ? all.length() : end);
    }

    /** Numbers of the lines in sight, those with a fault marked. */
    private void paint() {
        int second = text.getText().indexOf('\n') + 1;
        if (!(text.getSkin() instanceof TextAreaSkin skin) || second == 0 || second >= text.getLength()) {
            if (drawn != null) {
                clear();
            }
            return;
        }
        Rectangle2D first = skin.getCharacterBounds(0);
        double height = skin.getCharacterBounds(second).getMinY() - first.getMinY();
        if (first.getHeight() <= 0 || height <= 0 || !(text.lookup(".content") instanceof Region content)) {
            return;
        }
        double start = content.localToScene(0, content.getInsets().getTop()).getY()
                - gutter.localToScene(0, 0).getY();
        int lines = (int) text.getText().chars().filter(c -> c == '\n').count() + 1;
        Drawn wanted = new Drawn(start, height, lines, text.getHeight(), marked, palette.get());
        if (wanted.equals(drawn)) {
            return;
        }
        clear();
        drawn = wanted;
        GraphicsContext context = gutter.getGraphicsContext2D();
        context.setFont(text.getFont());
        context.setTextAlign(TextAlignment.RIGHT);
        context.setTextBaseline(VPos.CENTER);
        for (int i = Math.max(0, (int) (-start / height)); i < lines; i++) {
            double top = start + i * height;
            if (top > gutter.getHeight()) {
                break;
            }
            boolean fault = marked.contains(i + 1);
            if (fault) {
                context.setFill(palette.get().critical());
                context.fillRect(0, top, 4, height);
            }
            context.setFill(fault ? palette.get().critical() : palette.get().soft());
            context.fillText(Integer.toString(i + 1), gutter.getWidth() - 6, top + height / 2);
        }
    }

    private void clear() {
        drawn = null;
        gutter.setHeight(text.getHeight());
        gutter.getGraphicsContext2D().clearRect(0, 0, gutter.getWidth(), gutter.getHeight());
    }

    /** Line, what is wrong, and what to write. */
    private static final class FaultCell extends ListCell<Fault> {
        FaultCell() {
            setPrefWidth(0); // as wide as the list, so that texts wrap
            setWrapText(true);
            getStyleClass().add("severity-critical");
        }

        @Override
        protected void updateItem(@Nullable Fault fault, boolean empty) {
            super.updateItem(fault, empty);
            if (empty || fault == null) {
                setText(null);
                setTooltip(null);
                return;
            }
            setText(WORDS.get("configuration.fault", fault.at().line(), fault.what(), fault.remedy()));
            setTooltip(new Tooltip(getText()));
        }
    }
}
