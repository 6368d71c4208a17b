package phalanx.show.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.CaseFile;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Problem;
import phalanx.show.Selection;
import phalanx.show.Told;
import phalanx.show.ViewContext;
import phalanx.show.captures.CaptureEdits;
import phalanx.show.dock.DockRoom;
import phalanx.show.dock.DockedView;
import phalanx.show.dock.Docks;
import phalanx.show.notes.Notes;
import phalanx.stitch.Conversation;

/** An answer on the desk: its views in docks below what is to be known of the files. Screen thread. */
final class Investigation extends BorderPane {
    private static final int MOST_NOTICES = 4;

    private final ViewContext context;
    private final Docks docks;
    private final Notes notes;
    private Map<String, String> carried = Map.of();
    private Selection.@Nullable State begin;

    /**
     * @param more views that only this investigation has
     * @param keeping keeps what is changed in the views
     * @param noting takes notes
     * @param told what is to be known of the case
     * @param room of the window
     * @param windows makes the scenes of windows that views are dragged into
     */
    Investigation(
            ViewContext context,
            List<DockedView> more,
            CaptureEdits edits,
            Notes notes,
            CaseKeeping keeping,
            Noting noting,
            List<Problem> told,
            DockRoom room,
            Function<Region, Scene> windows) {
        this.context = context;
        this.notes = notes;
        docks = new Docks(new InvestigationViews(context, edits, notes, keeping, noting, more).all(), room, windows);
        setCenter(docks.node());
        setTop(notices(told, context.analysis()));
    }

    private static VBox notices(List<Problem> told, Analysis analysis) {
        VBox notices = new VBox();
        told.forEach(problem -> notices.getChildren().add(notice(problem)));
        analysis.problems().forEach(problem -> notices.getChildren().add(notice(problem)));
        analysis.stitched().captures().stream()
                .flatMap(point -> point.capture().problems().stream())
                .limit(MOST_NOTICES)
                .forEach(problem -> notices.getChildren().add(notice(problem)));
        return notices;
    }

    private static Label notice(Problem fault) {
        Problem problem = Told.problem(fault);
        Label label = new Label(problem.what() + " " + problem.remedy() + "  (" + problem.code() + ")");
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().add("notice");
        return label;
    }

    ViewContext context() {
        return context;
    }

    Analysis analysis() {
        return context.analysis();
    }

    Selection selection() {
        return context.selection();
    }

    Notes notes() {
        return notes;
    }

    Docks docks() {
        return docks;
    }

    /** Dismissed findings that this answer does not have, another one to the same captures may; reasons by kind and place. */
    Map<String, String> carried() {
        return carried;
    }

    void carry(Map<String, String> dismissed) {
        carried = Map.copyOf(dismissed);
    }

    /**
     * Puts the desk as it stood when the case was kept.
     *
     * @param desk null for the usual one
     * @param root whether the root cause is to be shown, not what was selected
     */
    void restore(CaseFile.@Nullable Desk desk, boolean root) {
        if (desk != null && desk.layout() != null) {
            docks.restore(desk.layout());
        }
        ExplainedFinding cause = analysis().conclusion().finding();
        if (desk != null && !root) {
            select(desk);
        } else if (cause != null) {
            selection().finding(cause);
        }
        begin = selection().now();
    }

    /** Whether nothing else was selected since the desk stood. */
    boolean untouched() {
        return selection().now().equals(begin);
    }

    private void select(CaseFile.Desk desk) {
        Optional<ExplainedFinding> finding = analysis().findings().stream()
                .filter(told -> notes.finding(told).equals(desk.finding()))
                .findFirst();
        int conversations = analysis().stitched().conversations().size();
        if (finding.isPresent()) {
            selection().finding(finding.get());
        } else if (desk.conversation() >= 0 && desk.conversation() < conversations) {
            selection().conversation(desk.conversation());
        }
        for (int capture = 0; capture < analysis().stitched().captures().size(); capture++) {
            long frames =
                    analysis().stitched().captures().get(capture).packets().frames();
            if (analysis().stitched().hopName(capture).equals(desk.capture())
                    && desk.frame() >= 1
                    && desk.frame() <= frames) {
                selection().frame(capture, desk.frame());
            }
        }
    }

    /**
     * How the desk stands, with the conversation as another answer to the same captures counts it.
     *
     * @param filter in force
     * @param names of the capture points in that answer, by those in this one
     */
    CaseFile.Desk keptFor(Analysis other, String filter, Map<String, String> names) {
        CaseFile.Desk now = kept(filter);
        CaseFile.Desk kept = new CaseFile.Desk(
                now.layout(),
                filter,
                now.conversation(),
                now.finding().isEmpty() ? "" : Notes.renamedFinding(now.finding(), names),
                names.getOrDefault(now.capture(), now.capture()),
                now.frame(),
                now.views());
        if (kept.conversation() < 0) {
            return kept;
        }
        Conversation selected = analysis().stitched().conversations().get(kept.conversation());
        int same = other.stitched().conversations().stream()
                .filter(one -> one.client().equals(selected.client())
                        && one.server().equals(selected.server())
                        && one.transport() == selected.transport())
                .findFirst()
                .map(Conversation::id)
                .orElse(-1);
        return kept.withConversation(same);
    }

    /** How the desk stands. @param filter in force */
    CaseFile.Desk kept(String filter) {
        Selection.State now = selection().now();
        Selection.Packet packet = now.packet();
        ExplainedFinding finding = now.finding();
        return new CaseFile.Desk(
                docks.layout(),
                filter,
                now.conversation(),
                finding == null ? "" : notes.finding(finding),
                packet == null ? "" : analysis().stitched().hopName(packet.capture()),
                packet == null ? 0 : packet.frame(),
                new ViewMemory(this).kept());
    }

    /** The finding after (or before) the selected one. */
    void step(int findings) {
        List<ExplainedFinding> all = analysis().findings();
        if (!all.isEmpty()) {
            ExplainedFinding now = selection().now().finding();
            int at = now == null ? (findings > 0 ? -1 : 0) : all.indexOf(now);
            selection().finding(all.get(Math.floorMod(at + findings, all.size())));
        }
    }
}
