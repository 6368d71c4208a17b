package phalanx.show.shell;

import java.util.function.Supplier;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Jobs;
import phalanx.run.Problem;
import phalanx.show.Palette;
import phalanx.show.Selection;
import phalanx.show.captures.CapturesView;
import phalanx.show.cause.CauseView;
import phalanx.show.conversations.ConversationsView;
import phalanx.show.ladder.LadderView;
import phalanx.show.ladder.LadderViewModel;
import phalanx.show.map.MapView;

/** An answer on the desk: capture points left, map over ladder over conversations, root cause right. */
final class InvestigationView extends BorderPane {
    private static final int MOST_NOTICES = 4;

    private final Analysis analysis;
    private final Selection selection = new Selection();
    private final MapView map;
    private final LadderView ladder;

    InvestigationView(Analysis analysis, Jobs jobs, Supplier<Palette> palette) {
        this.analysis = analysis;
        map = new MapView(analysis, selection, palette, this::open);
        ladder = new LadderView(new LadderViewModel(analysis, selection, jobs), palette);
        SplitPane centre = new SplitPane(map, ladder, new ConversationsView(analysis, selection));
        centre.setOrientation(Orientation.VERTICAL);
        centre.setDividerPositions(0.27, 0.76);
        SplitPane whole = new SplitPane(
                new CapturesView(analysis, selection), centre, new CauseView(analysis, selection, this::open));
        whole.setDividerPositions(0.16, 0.74);
        setCenter(whole);
        VBox notices = new VBox();
        analysis.problems().forEach(problem -> notices.getChildren().add(notice(problem)));
        analysis.stitched().captures().stream()
                .flatMap(point -> point.capture().problems().stream())
                .limit(MOST_NOTICES)
                .forEach(problem -> notices.getChildren().add(notice(problem)));
        setTop(notices);
        ExplainedFinding root = analysis.conclusion().finding();
        if (root != null) {
            open(root);
        }
    }

    Selection selection() {
        return selection;
    }

    Analysis analysis() {
        return analysis;
    }

    private static Label notice(Problem problem) {
        Label label = new Label(problem.what() + " " + problem.remedy() + "  (" + problem.code() + ")");
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().add("notice");
        VBox.setVgrow(label, Priority.NEVER);
        return label;
    }

    /** Shows a finding with the first packet that proves it. */
    void open(ExplainedFinding finding) {
        selection.show(finding, LadderViewModel.firstProof(analysis, finding));
    }

    /** The finding after (or before) the selected one. */
    void step(int findings) {
        if (!analysis.findings().isEmpty()) {
            ExplainedFinding now = selection.finding().get();
            int at = now == null ? -1 : analysis.findings().indexOf(now);
            open(analysis.findings()
                    .get(Math.floorMod(at + findings, analysis.findings().size())));
        }
    }

    void repaint() {
        map.paint();
        ladder.paint();
    }
}
