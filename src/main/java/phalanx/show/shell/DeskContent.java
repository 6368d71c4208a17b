package phalanx.show.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.CaseFile;
import phalanx.explain.Analysis;
import phalanx.show.HostNames;
import phalanx.show.Palette;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Told;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.show.notes.Notes;
import phalanx.show.welcome.WelcomeView;
import phalanx.stitch.HopFile;
import phalanx.telemetry.Telemetry;

/**
 * The middle of the window: welcome, loading, an answer or an error, as the model of the desk says; files may be dropped on it. Screen
 * thread.
 */
final class DeskContent extends StackPane {
    private static final Words WORDS = Words.of("shell");

    private final Desk desk;
    private final DeskDemos demos;
    private final StackPane trail;
    private final LoadingView loading;
    private final ReadOnlyObjectWrapper<@Nullable Investigation> investigation = new ReadOnlyObjectWrapper<>();
    private Subscription following = Subscription.EMPTY;
    private @Nullable Open open;
    private @Nullable Open aside;

    /**
     * What is open.
     *
     * @param shown what its views follow of the filter
     * @param palette what they follow of the colours
     * @param filter that was in force when it was put aside
     */
    private record Open(
            Investigation investigation,
            ObjectProperty<Shown> shown,
            ObjectProperty<Palette> palette,
            ObjectProperty<Telemetry> telemetry,
            ObjectProperty<HostNames> names,
            Node node,
            SelectionTrail trail,
            String filter) {
        Open with(String now) {
            return new Open(investigation, shown, palette, telemetry, names, node, trail, now);
        }
    }

    /** @param trail where the path of what is selected is shown */
    DeskContent(Desk desk, DeskDemos demos, StackPane trail) {
        this.desk = desk;
        this.demos = demos;
        this.trail = trail;
        loading = new LoadingView(desk.model()::cancel);
        setOnDragOver(DeskContent::accept);
        setOnDragDropped(this::drop);
    }

    /** The answer on the desk, null while there is none. */
    ReadOnlyObjectProperty<@Nullable Investigation> investigation() {
        return investigation.getReadOnlyProperty();
    }

    private static void accept(DragEvent drag) {
        if (drag.getDragboard().hasFiles()) {
            drag.acceptTransferModes(TransferMode.COPY);
            drag.consume();
        }
    }

    private void drop(DragEvent drag) {
        boolean files = drag.getDragboard().hasFiles();
        if (files) {
            desk.open(drag.getDragboard().getFiles().stream().map(File::toPath).toList());
            drag.setDropCompleted(true);
            drag.consume();
        }
    }

    void render(DeskViewModel.State state) {
        Investigation before = investigation.get();
        Open kept = aside;
        aside = null;
        switch (state) {
            case DeskViewModel.State.Answered answered -> {
                if (kept != null && kept.investigation.analysis().equals(demos.shown(answered.analysis()))) {
                    comeBack(kept, answered);
                } else {
                    answer(answered, before);
                }
            }
            case DeskViewModel.State.Welcome() -> {
                leave(before);
                getChildren()
                        .setAll(new WelcomeView(
                                demos.all(), desk.settings().now().recent(), new DeskWelcome(desk, demos)));
                desk.stand(WORDS.get("status.welcome"));
            }
            case DeskViewModel.State.Loading(var files, var step) -> {
                Open was = open;
                aside = was == null
                        ? kept
                        : was.with(desk.omniboxModel().shown().get().filter());
                leave(before);
                loading.show(files, step);
                if (!getChildren().contains(loading)) {
                    getChildren().setAll(loading);
                }
                desk.stand(Told.step(step.what()));
            }
            case DeskViewModel.State.Failed(var files, var problem) -> {
                leave(before);
                getChildren()
                        .setAll(StateViews.failed(files, problem, () -> desk.open(desk.chooseCaptures()), desk::open));
                desk.stand(problem.code());
            }
        }
    }

    private void answer(DeskViewModel.State.Answered answered, @Nullable Investigation before) {
        boolean saved = before != null
                && before.analysis().stitched().equals(answered.analysis().stitched())
                && before.analysis().equals(demos.shown(answered.analysis()));
        if (saved) {
            return;
        }
        Analysis analysis = demos.shown(answered.analysis());
        Selection selection = new Selection(analysis.stitched());
        CaseFile kept = answered.kept();
        Map<String, String> names = before == null ? Map.of() : names(before.analysis(), analysis);
        Notes notes = new Notes(
                analysis,
                selection,
                before == null
                        ? kept == null ? List.of() : kept.notes()
                        : before.notes().all().stream()
                                .map(note -> new CaseFile.Note(
                                        Notes.renamed(note.about(), names), note.text(), note.written()))
                                .toList(),
                before == null
                        ? kept == null ? List.of() : kept.bookmarks()
                        : before.notes().bookmarks().stream()
                                .map(bookmark -> new CaseFile.Bookmark(
                                        Notes.renamed(bookmark.about(), names), bookmark.title(), bookmark.written()))
                                .toList());
        Map<String, String> dismissed = new HashMap<>();
        (before != null
                        ? new ViewMemory(before).dismissed()
                        : kept == null ? Map.<String, String>of() : kept.dismissed())
                .forEach((finding, reason) -> dismissed.put(Notes.renamedFinding(finding, names), reason));
        boolean untouched = before != null && before.untouched();
        CaseFile.Desk stood = stood(analysis, before, kept, names);
        String front = before == null ? null : before.docks().focus().id().orElse(null);
        leave(before);
        desk.omniboxModel().investigate(analysis, selection);
        ObjectProperty<Shown> shown = new SimpleObjectProperty<>();
        ObjectProperty<Palette> palette = new SimpleObjectProperty<>();
        ObjectProperty<Telemetry> telemetry = new SimpleObjectProperty<>(Telemetry.NONE);
        ObjectProperty<HostNames> hosts = new SimpleObjectProperty<>(HostNames.NONE);
        follow(shown, palette, telemetry, hosts);
        Investigation made = new Investigation(
                new ViewContext(
                        analysis,
                        selection,
                        shown,
                        palette,
                        desk.model().jobs(),
                        desk.omnibox()::set,
                        this::showProof,
                        telemetry,
                        hosts,
                        notes.packets()),
                demos.quiz(answered.analysis()).stream().toList(),
                new DeskEdits(desk),
                notes,
                desk.keeping(),
                desk.noting(),
                answered.folder() == null ? List.of() : desk.cases().notices(answered.folder()),
                desk.room(),
                desk::window);
        investigation.set(made);
        SelectionTrail path =
                new SelectionTrail(analysis, selection, text -> desk.news().say(Announcements.About.SELECTION, text));
        trail.getChildren().setAll(path);
        made.restore(stood, untouched && kept == null);
        Node node = demos.around(made); // a tour begins with nothing selected
        getChildren().setAll(node);
        open = new Open(made, shown, palette, telemetry, hosts, node, path, "");
        new ViewMemory(made).restore(stood == null ? Map.of() : stood.views(), dismissed);
        if (front != null) {
            made.docks().show(front);
        } else if (stood == null) {
            demos.front(made);
        } else {
            made.docks().focus().id().ifPresent(made.docks()::show);
        }
        if (stood != null && !stood.filter().isEmpty()) {
            desk.omnibox().set(stood.filter());
        } else if (before == null) {
            desk.omnibox().set("");
        }
        if (before == null) {
            desk.omniboxModel().saved().setAll(kept == null ? List.of() : kept.savedFilters());
        }
        boolean live = desk.model().live().get() != null;
        if (before == null || !live) {
            desk.settings()
                    .opened(
                            answered.folder() != null
                                    ? List.of(answered.folder())
                                    : answered.files().stream()
                                            .map(HopFile::file)
                                            .toList());
        }
        desk.stand(StatusLine.summary(answered.analysis()));
        desk.news().answered(analysis, before == null ? null : before.analysis(), live && before != null);
        desk.keeping().changed();
        if (!live) {
            desk.keeping().found(false); // of what is under way there will be more in a second
        }
    }

    private void showProof() {
        Investigation open = investigation.get();
        if (open != null && Stream.of("ladder", "packets").noneMatch(open.docks()::isInFront)) {
            open.docks().show("ladder");
        }
    }

    /** Puts back what was open, as it was, when other captures were given up. */
    private void comeBack(Open kept, DeskViewModel.State.Answered answered) {
        Investigation made = kept.investigation;
        desk.omniboxModel().investigate(made.analysis(), made.selection());
        follow(kept.shown, kept.palette, kept.telemetry, kept.names);
        investigation.set(made);
        open = kept;
        trail.getChildren().setAll(kept.trail);
        getChildren().setAll(kept.node);
        if (!kept.filter.isEmpty()) {
            desk.omnibox().set(kept.filter);
        }
        desk.stand(StatusLine.summary(answered.analysis()));
    }

    /** What views follow of the desk, until it is left: then filter, colours and imports no longer reach them, and they can be forgotten. */
    private void follow(
            ObjectProperty<Shown> shown,
            ObjectProperty<Palette> palette,
            ObjectProperty<Telemetry> telemetry,
            ObjectProperty<HostNames> names) {
        following = desk.omniboxModel()
                .shown()
                .subscribe(shown::set)
                .and(desk.appearance().palette().subscribe(palette::set))
                .and(desk.model().imports().names().subscribe(names::set))
                .and(desk.model().imports().telemetry().subscribe(telemetry::set));
    }

    /** How the desk is to stand: as it stood, or as the case says until something else was selected. */
    private CaseFile.@Nullable Desk stood(
            Analysis next, @Nullable Investigation before, @Nullable CaseFile kept, Map<String, String> names) {
        CaseFile.Desk inCase = kept == null ? null : kept.desk();
        if (before == null) {
            return inCase == null || next.whole() ? inCase : inCase.withConversation(-1);
        }
        return inCase != null && before.untouched() && !before.analysis().whole()
                ? inCase
                : before.keptFor(next, desk.omniboxModel().shown().get().filter(), names);
    }

    /** Names of capture points in one answer, by those in the one before, where they are others. */
    private static Map<String, String> names(Analysis before, Analysis now) {
        Map<Path, String> byFile = new HashMap<>();
        for (int i = 0; i < now.stitched().captures().size(); i++) {
            byFile.put(
                    now.stitched().captures().get(i).capture().file(),
                    now.stitched().hopName(i));
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < before.stitched().captures().size(); i++) {
            String name =
                    byFile.get(before.stitched().captures().get(i).capture().file());
            if (name != null) {
                names.put(before.stitched().hopName(i), name);
            }
        }
        return names;
    }

    private void leave(@Nullable Investigation before) {
        if (before != null) {
            following.unsubscribe();
            following = Subscription.EMPTY;
            before.docks().closeWindows();
            investigation.set(null);
            open = null;
            desk.omniboxModel().investigate(null, null);
            trail.getChildren().clear();
        }
    }
}
