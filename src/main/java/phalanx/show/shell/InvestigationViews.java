package phalanx.show.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import phalanx.show.DeskView;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.show.captures.CaptureEdits;
import phalanx.show.captures.CapturesView;
import phalanx.show.cause.CauseView;
import phalanx.show.charts.ChartsView;
import phalanx.show.conversations.ConversationsView;
import phalanx.show.dock.DockPlace;
import phalanx.show.dock.DockedView;
import phalanx.show.help.HelpTopics;
import phalanx.show.imports.EventsView;
import phalanx.show.ladder.LadderView;
import phalanx.show.map.MapView;
import phalanx.show.map.PlaceSummaryView;
import phalanx.show.notes.Notes;
import phalanx.show.notes.NotesView;
import phalanx.show.packets.PacketDetailView;
import phalanx.show.packets.PacketsView;

/** The views of an investigation in the order of their numbers, each with its usual place. Screen thread. */
final class InvestigationViews {
    private static final Words WORDS = Words.of("shell");

    private final ViewContext context;
    private final CaptureEdits edits;
    private final Notes notes;
    private final CaseKeeping keeping;
    private final Noting noting;
    private final List<DockedView> more;

    InvestigationViews(
            ViewContext context,
            CaptureEdits edits,
            Notes notes,
            CaseKeeping keeping,
            Noting noting,
            List<DockedView> more) {
        this.context = context;
        this.edits = edits;
        this.notes = notes;
        this.keeping = keeping;
        this.noting = noting;
        this.more = List.copyOf(more);
    }

    /** Those of every investigation behind those of this one alone. */
    List<DockedView> all() {
        List<DockedView> all = new ArrayList<>(more);
        all.addAll(List.of(
                view(
                        "captures",
                        WORDS.get("view.captures"),
                        "mdi2f-file-multiple-outline",
                        DockPlace.LEFT,
                        () -> new CapturesView(context, edits)),
                view("map", WORDS.get("view.map"), "mdi2m-map-outline", DockPlace.TOP, () -> new MapView(context)),
                view(
                        "ladder",
                        WORDS.get("view.ladder"),
                        "mdi2s-swap-horizontal",
                        DockPlace.CENTRE,
                        () -> new LadderView(context)),
                view(
                        "charts",
                        WORDS.get("view.charts"),
                        "mdi2c-chart-line",
                        DockPlace.CENTRE,
                        () -> new ChartsView(context)),
                view(
                        "conversations",
                        WORDS.get("view.conversations"),
                        "mdi2f-forum-outline",
                        DockPlace.BOTTOM,
                        () -> new ConversationsView(context)),
                view(
                        "packets",
                        WORDS.get("view.packets"),
                        "mdi2f-format-list-numbered",
                        DockPlace.BOTTOM,
                        () -> new PacketsView(context)),
                view("cause", WORDS.get("view.cause"), "mdi2s-stethoscope", DockPlace.RIGHT, () -> {
                    CauseView view = new CauseView(context);
                    view.dismissals().subscribe((_, _) -> keeping.changed());
                    return view;
                }),
                view(
                        "packet",
                        WORDS.get("view.packet"),
                        "mdi2f-file-tree-outline",
                        DockPlace.INSPECTOR,
                        () -> new PacketDetailView(context)),
                view(
                        "place",
                        WORDS.get("view.place"),
                        "mdi2m-map-marker-outline",
                        DockPlace.INSPECTOR,
                        () -> new PlaceSummaryView(context)),
                view(
                        "notes",
                        WORDS.get("view.notes"),
                        "mdi2n-note-text-outline",
                        DockPlace.LEFT,
                        () -> new NotesView(notes, noting::note, noting::bookmark, noting::remove)),
                view(
                        "events",
                        WORDS.get("view.events"),
                        "mdi2t-timeline-clock-outline",
                        DockPlace.BOTTOM,
                        () -> new EventsView(context))));
        return all;
    }

    private static DockedView view(String id, String title, String icon, DockPlace place, Supplier<DeskView> made) {
        return new DockedView(id, title, icon, place, () -> {
            DeskView view = made.get();
            HelpTopics.mark(view.node(), id);
            return view;
        });
    }
}
