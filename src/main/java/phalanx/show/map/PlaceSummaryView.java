package phalanx.show.map;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.explain.ExplainedFinding;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.SeverityMark;
import phalanx.show.ViewContext;
import phalanx.show.Words;

/** Figures of the selected place or link, both ways, with its findings. Screen thread. */
public final class PlaceSummaryView extends ScrollPane implements DeskView {
    private static final Words WORDS = Words.of("map");

    private final PlaceSummaryViewModel model;
    private final VBox content = new VBox();

    public PlaceSummaryView(ViewContext context) {
        model = new PlaceSummaryViewModel(context);
        content.getStyleClass().add("place-summary");
        getStylesheets()
                .add(Objects.requireNonNull(PlaceSummaryView.class.getResource("/show/map.css"))
                        .toExternalForm());
        setFitToWidth(true);
        setFocusTraversable(true); // there may be nothing inside that takes the focus, and so no other way to scroll
        setAccessibleText(WORDS.get("summary.name"));
        setContent(content);
        model.summary().subscribe(this::fill);
    }

    private void fill(Optional<PlaceSummary> summary) {
        content.getChildren().clear();
        if (summary.isEmpty()) {
            content.getChildren().add(text(WORDS.get("summary.empty"), "soft"));
            return;
        }
        PlaceSummary told = summary.get();
        content.getChildren().addAll(text(told.title(), "strong"), text(told.what(), "soft"), figures(told));
        told.notes().forEach(note -> content.getChildren().add(text(note, "note")));
        content.getChildren().add(text(WORDS.get("summary.findings"), "section-title"));
        if (told.findings().isEmpty()) {
            content.getChildren().add(text(WORDS.get("summary.no-findings"), "soft"));
        }
        told.findings().forEach(finding -> content.getChildren().add(link(finding)));
    }

    private static GridPane figures(PlaceSummary told) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("figures");
        grid.add(figure(told.there(), "there"), 1, 0);
        grid.add(figure(told.back(), "back"), 2, 0);
        int line = 1;
        for (PlaceSummary.Row row : told.rows()) {
            Label name = figure(row.name(), "soft");
            name.setMinWidth(Region.USE_PREF_SIZE);
            grid.add(name, 0, line);
            grid.add(figure(row.there(), "figure"), 1, line);
            grid.add(figure(row.back(), "figure"), 2, line++);
        }
        return grid;
    }

    /** In one line; a name too long for that is cut. */
    private static Label figure(String text, String styleClass) {
        Label label = text(text, styleClass);
        label.setWrapText(false);
        label.setTooltip(new Tooltip(text));
        return label;
    }

    private static Label text(String text, String styleClass) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(styleClass);
        return label;
    }

    private Hyperlink link(ExplainedFinding told) {
        Hyperlink link = new Hyperlink(WORDS.get(
                "summary.finding", told.id(), SeverityMark.word(told.finding().severity()), told.summary()));
        link.setWrapText(true);
        link.getStyleClass().add("severity-" + told.finding().severity().word());
        link.setOnAction(_ -> model.show(told));
        return link;
    }

    @Override
    public ScrollPane node() {
        return this;
    }

    @Override
    public Optional<DataTable> table() {
        return model.summary().get().map(Figures::new);
    }

    /** The summary's figures as a table. */
    private record Figures(PlaceSummary summary) implements DataTable {
        @Override
        public String title() {
            return summary.title();
        }

        @Override
        public List<String> columns() {
            return List.of(WORDS.get("summary.figure"), summary.there(), summary.back());
        }

        @Override
        public int rows() {
            return summary.rows().size();
        }

        @Override
        public String cell(int row, int column) {
            PlaceSummary.Row of = summary.rows().get(row);
            return switch (column) {
                case 0 -> of.name();
                case 1 -> of.there();
                case 2 -> of.back();
                default -> throw new IndexOutOfBoundsException("column " + column);
            };
        }
    }
}
