package phalanx.show.cause;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.diagnose.Severity;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.SeriesWords;
import phalanx.show.DeskView;
import phalanx.show.Selection;
import phalanx.show.SeverityMark;
import phalanx.show.ViewContext;
import phalanx.show.Words;

/** The verdict, then a card for each finding, those that concern what is selected. */
public final class CauseView extends VBox implements DeskView {
    private static final Words WORDS = Words.of("cause");
    /** With fewer findings nobody needs to choose among severities. */
    private static final int MANY = 8;
    /** So much of a card's top, in pixels, is enough not to scroll. */
    private static final double LEAST_SIGHT = 120;

    private final CauseViewModel model;
    private final VerdictBox verdict;
    private final VBox cards = new VBox(10);
    private final Map<String, FindingCard> cardOf = new HashMap<>();
    private final HBox scope = new HBox(8);
    private final FlowPane severities = new FlowPane(6, 4);
    private final Map<Severity, ToggleButton> severityOf = new EnumMap<>(Severity.class);
    private final Button more = new Button();
    private final VBox content;
    private final ScrollPane scroll;

    public CauseView(ViewContext context) {
        model = new CauseViewModel(context);
        verdict = new VerdictBox(context.analysis());
        getStyleClass().addAll("dock", "cause");
        getStylesheets()
                .add(Objects.requireNonNull(getClass().getResource("/show/cause.css"))
                        .toExternalForm());
        buildSeverities();
        more.setOnAction(_ -> model.more());
        for (Region part : List.of(scope, severities, more)) {
            part.managedProperty().bind(part.visibleProperty());
        }
        content = new VBox(10, verdict, scope, severities, cards, more, unusual());
        content.setPadding(new Insets(10, 12, 12, 10));
        content.setMinWidth(0);
        scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText(WORDS.get("title"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(scroll);
        cards.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        model.told().subscribe(this::show);
    }

    @Override
    public VBox node() {
        return this;
    }

    /** What the user found to be no problem, to be kept with the case. */
    public ReadOnlyObjectProperty<List<Dismissal>> dismissals() {
        return model.dismissed();
    }

    /** Takes over what was found to be no problem before. */
    public void restore(List<Dismissal> before) {
        model.restore(before);
    }

    private void buildSeverities() {
        for (Severity severity : Severity.values()) {
            ToggleButton button = new ToggleButton();
            button.setGraphic(SeverityMark.icon(severity));
            button.setSelected(true);
            button.selectedProperty().subscribe(wanted -> model.severity(severity, wanted));
            severityOf.put(severity, button);
            severities.getChildren().add(button);
        }
    }

    private void show(CauseViewModel.Told told) {
        boolean narrowed = !told.scope().isEverything();
        scope.setVisible(narrowed);
        scope.getChildren().clear();
        if (narrowed) {
            Hyperlink all = new Hyperlink(WORDS.get("show-all"));
            all.setMinWidth(Region.USE_PREF_SIZE);
            all.setOnAction(_ -> model.everything());
            Label words = CauseText.wrapped(WORDS.get(
                    "scope",
                    told.concerned(),
                    model.analysis().findings().size(),
                    told.scope().words()));
            HBox.setHgrow(words, Priority.ALWAYS);
            scope.setAlignment(Pos.CENTER_LEFT);
            scope.getChildren().setAll(words, all);
        }
        severities.setVisible(model.analysis().findings().size() > MANY);
        severityOf.forEach((severity, button) -> button.setText(
                SeverityMark.word(severity) + " " + told.bySeverity().getOrDefault(severity, 0)));
        more.setVisible(told.more() > 0);
        more.setText(WORDS.get("more", Math.min(told.more(), CauseViewModel.CARDS), told.more()));
        showCards(told);
        ExplainedFinding root = model.analysis().conclusion().finding();
        Dismissal dismissal = root == null ? null : told.dismissals().get(root.id());
        verdict.dismissed(dismissal == null ? "" : dismissal.reason());
    }

    private void showCards(CauseViewModel.Told told) {
        ExplainedFinding selected = told.scope().state().finding();
        List<FindingCard> shown = told.findings().stream()
                .map(finding -> {
                    FindingCard card = cardOf.computeIfAbsent(finding.id(), _ -> new FindingCard(finding, model));
                    card.show(
                            selected != null && selected.id().equals(finding.id()),
                            told.dismissals().get(finding.id()));
                    return card;
                })
                .toList();
        if (!cards.getChildren().equals(shown)) {
            cards.getChildren().setAll(shown);
        }
        for (FindingCard card : shown) {
            if (card.isSelected()) {
                reveal(card);
            }
        }
    }

    /** Scrolls until all of a card, or as much as fits, is in sight. */
    private void reveal(Node card) {
        scroll.applyCss();
        scroll.layout();
        scroll.requestLayout(); // once more when everything around it lies where it will
        double height = content.getHeight();
        double sight = scroll.getViewportBounds().getHeight();
        if (height <= sight || sight <= 0) {
            return;
        }
        double top =
                cards.getBoundsInParent().getMinY() + card.getBoundsInParent().getMinY();
        double bottom = top + card.getBoundsInParent().getHeight();
        double offset = scroll.getVvalue() * (height - sight);
        if (top < offset || top > offset + sight - LEAST_SIGHT) {
            scroll.setVvalue(
                    Math.clamp((bottom - top > sight || top < offset ? top : bottom - sight) / (height - sight), 0, 1));
        }
    }

    private void key(KeyEvent key) {
        int at = cards.getChildren().indexOf(key.getTarget());
        int step = key.getCode() == KeyCode.DOWN ? 1 : key.getCode() == KeyCode.UP ? -1 : 0;
        int next = at + step;
        if (at >= 0 && step != 0 && next >= 0 && next < cards.getChildren().size()) {
            cards.getChildren().get(next).requestFocus();
            reveal(cards.getChildren().get(next));
            key.consume();
        }
    }

    /** When the traffic left what was usual in the recording; a click narrows everything to that time. */
    private VBox unusual() {
        List<UnusualStretch> stretches = model.analysis().unusual().orElse(List.of());
        VBox box = new VBox(3);
        box.setManaged(!stretches.isEmpty());
        if (!stretches.isEmpty()) {
            Label title = new Label(WORDS.get("unusual"));
            title.getStyleClass().add("section-title");
            box.getChildren().add(title);
        }
        for (UnusualStretch stretch : stretches) {
            Hyperlink link = new Hyperlink(WORDS.get(
                    "unusual.stretch",
                    Words.language().clockTime(stretch.startNanos()),
                    Words.language().clockTime(stretch.endNanos()),
                    SeriesWords.unusual(stretch, model.analysis().stitched(), Words.language())));
            link.setWrapText(true);
            link.setMinHeight(Region.USE_PREF_SIZE);
            link.setOnAction(
                    _ -> model.selection().range(new Selection.Range(stretch.startNanos(), stretch.endNanos())));
            box.getChildren().add(link);
        }
        return box;
    }
}
