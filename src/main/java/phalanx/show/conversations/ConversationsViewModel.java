package phalanx.show.conversations;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;

/** Which conversations are listed, and how. Arranging is done on a worker; the newest wish wins. Screen thread. */
final class ConversationsViewModel {
    /** More rows than this are nothing for a clipboard. */
    static final int MOST_COPIED = 100_000;

    private final ViewContext context;
    private final ReadOnlyObjectWrapper<Lines> lines;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final BooleanProperty everySelected = new SimpleBooleanProperty();
    private ConversationSource source;
    private Arrangement wanted = Arrangement.FIRST;
    private Jobs.Handle running = () -> {};
    private Jobs.Handle reading = () -> {};
    private boolean seen = true;
    private boolean givenUp;
    private int asked;

    ConversationsViewModel(ViewContext context) {
        this.context = context;
        source = ConversationSource.of(context.analysis()).with(context.names().getValue());
        lines = new ReadOnlyObjectWrapper<>(Lines.plain(source, new int[0]));
        context.shown().subscribe(_ -> arrange());
        context.names().subscribe((_, now) -> {
            source = source.with(now);
            arrange();
        });
        readHeaders();
    }

    private void readHeaders() {
        givenUp = false;
        reading = context.jobs()
                .start(
                        "read headers of conversations",
                        progress -> Outcome.ok(ConversationSource.detailed(context.analysis(), progress)),
                        _ -> {},
                        outcome -> {
                            switch (outcome) {
                                case Outcome.Ok<ConversationSource>(var detailed) -> {
                                    source = detailed.with(context.names().getValue());
                                    arrange();
                                }
                                case Outcome.Failed<ConversationSource>(var problem) -> {
                                    givenUp = problem.code().equals(Jobs.CANCELLED);
                                    see(seen);
                                }
                            }
                        });
    }

    /** Whether the view is on the screen: headers are not read for one that was left. */
    void see(boolean now) {
        seen = now;
        if (!now) {
            reading.cancel();
        } else if (givenUp) {
            readHeaders();
        }
    }

    /** What is listed; the one before stays until its successor is ready. */
    ReadOnlyObjectProperty<Lines> lines() {
        return lines.getReadOnlyProperty();
    }

    /** True while other lines are being arranged. */
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Whether everything that the filter leaves over is selected, seen or not. */
    BooleanProperty everySelected() {
        return everySelected;
    }

    Selection selection() {
        return context.selection();
    }

    /** How many conversations there are, shown or not. */
    int total() {
        return source.size();
    }

    Arrangement arrangement() {
        return wanted;
    }

    void sort(List<Arrangement.Sort> sorts) {
        arrange(new Arrangement(sorts, wanted.grouping(), wanted.closed()));
    }

    void group(Grouping grouping) {
        arrange(new Arrangement(wanted.sorts(), grouping, Set.of()));
    }

    /** Folds a group away or unfolds it. */
    void toggle(GroupLine group) {
        Set<String> closed = new HashSet<>(wanted.closed());
        if (!closed.remove(group.key())) {
            closed.add(group.key());
        }
        fold(closed);
    }

    /** Unfolds all groups, or folds them away. */
    void openAll(boolean open) {
        fold(open ? Set.of() : lines.get().groups().stream().map(GroupLine::key).collect(Collectors.toSet()));
    }

    /** Needs no sorting, so it is done at once; lines that are being arranged come folded as well. */
    private void fold(Set<String> closed) {
        wanted = new Arrangement(wanted.sorts(), wanted.grouping(), closed);
        lines.set(lines.get().folded(closed));
    }

    private void arrange(Arrangement next) {
        if (!next.equals(wanted)) {
            wanted = next;
            arrange();
        }
    }

    private void arrange() {
        running.cancel();
        int asking = ++asked;
        Shown shown = context.shown().getValue();
        ConversationSource from = source;
        Arrangement arrangement = wanted;
        busy.set(true);
        running = context.jobs()
                .start(
                        "arrange conversations",
                        progress -> Outcome.ok(Arranging.of(from, shown, arrangement, progress)),
                        _ -> {},
                        outcome -> {
                            if (asking == asked) {
                                busy.set(false);
                                if (outcome instanceof Outcome.Ok<Lines>(var arranged)) {
                                    everySelected.set(false);
                                    lines.set(arranged.folded(wanted.closed()));
                                }
                            }
                        });
    }

    /** Puts a conversation beside the selected one, or takes it away again. */
    void compare(int conversation) {
        Selection.State now = selection().now();
        if (now.conversation() == Selection.NONE) {
            selection().conversation(conversation);
        } else if (conversation == now.compared()) {
            selection().compare(Selection.NONE);
        } else if (conversation != now.conversation()) {
            selection().compare(conversation);
        }
    }

    /** Leaves only one conversation over, and selects it. */
    void isolate(ConversationRow row) {
        filter(ConversationFilters.of(row.conversation()));
        selection().conversation(row.conversation().id());
    }

    void filter(String text) {
        context.filterFor().accept(text);
    }

    /** Changes the filter in force. */
    void filter(UnaryOperator<String> change) {
        filter(change.apply(context.shown().getValue().filter()));
    }

    ConversationSource source() {
        return source;
    }
}
