package phalanx.show.packets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CapturedFrame;
import phalanx.measure.PacketFates;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.stitch.Stitched;

/** What the packet list holds: it follows conversation, time range and filter, and is put in order on a worker. Screen thread. */
final class PacketsViewModel {
    private static final int MOST_REMEMBERED = 4_000;

    private final ViewContext context;
    private final Stitched stitched;
    private final FrameSource source;
    private final RowTexts texts;
    private final ReadOnlyObjectWrapper<PacketRows> rows = new ReadOnlyObjectWrapper<>(PacketRows.NONE);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper read = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper point;
    private @Nullable PacketScope scope;
    private int leftOut = Selection.NONE;
    private Jobs.Handle ordering = () -> {};
    private Jobs.Handle reading = () -> {};
    private int orders;

    /** A frame that was to be read for the list; without a line when it cannot be. */
    private record Line(int capture, long frame, Optional<RowTexts.FrameLine> line) {}

    PacketsViewModel(ViewContext context) {
        this.context = context;
        stitched = context.analysis().stitched();
        source = new FrameSource(stitched);
        texts = new RowTexts(stitched, MOST_REMEMBERED);
        point = new ReadOnlyIntegerWrapper(
                stitched.captures().isEmpty()
                        ? Selection.NONE
                        : stitched.clientFirst().getFirst());
        context.jobs()
                .start(
                        "mark packets",
                        progress -> Outcome.ok(PacketFates.of(
                                stitched, context.analysis().measures().segments(), progress)),
                        _ -> {},
                        outcome -> {
                            if (outcome instanceof Outcome.Ok<PacketFates>(var fates)) {
                                texts.fates(fates);
                                read.set(read.get() + 1);
                            }
                        });
        context.selection().state().subscribe(this::follow);
        context.names().subscribe(now -> {
            texts.names(now);
            read.set(read.get() + 1);
        });
        context.noted().subscribe(now -> {
            texts.noted(now);
            read.set(read.get() + 1);
        });
        context.shown().subscribe(_ -> order());
    }

    ReadOnlyObjectProperty<PacketRows> rows() {
        return rows.getReadOnlyProperty();
    }

    /** Whether the list is being put in order. */
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Changes when cells know more than before. */
    ReadOnlyIntegerProperty read() {
        return read.getReadOnlyProperty();
    }

    /** The capture point of the list, {@link Selection#NONE} for all by time. */
    ReadOnlyIntegerProperty point() {
        return point.getReadOnlyProperty();
    }

    RowTexts texts() {
        return texts;
    }

    /** The list as it stands. */
    PacketsTable table(String title, List<PacketsTable.Column> columns) {
        return new PacketsTable(title, columns, rows.get(), texts, source);
    }

    /** Frames of the point, IP packets of all points. */
    long total() {
        return point.get() == Selection.NONE
                ? stitched.captures().stream()
                        .mapToLong(c -> c.packets().size())
                        .sum()
                : stitched.captures().get(point.get()).packets().frames();
    }

    /** Chooses the capture point, {@link Selection#NONE} for all by time. */
    void show(int wanted) {
        point.set(wanted);
        order();
    }

    private void follow(Selection.State state) {
        Selection.Packet packet = state.packet();
        if (packet != null && point.get() != Selection.NONE) {
            point.set(packet.capture());
        }
        if (state.conversation() != leftOut) {
            leftOut = Selection.NONE;
        }
        order();
    }

    /** The conversation that the list is narrowed to, {@link Selection#NONE} for all. */
    int conversation() {
        int selected = context.selection().now().conversation();
        return selected == leftOut ? Selection.NONE : selected;
    }

    /** Shows all conversations, though one stays selected. */
    void leaveConversation() {
        leftOut = context.selection().now().conversation();
        order();
    }

    Selection.@Nullable Range range() {
        return context.selection().now().range();
    }

    /** Takes the time range away, for all views. */
    void leaveRange() {
        context.selection().range(null);
    }

    private Shown shown() {
        return context.shown().getValue();
    }

    private void order() {
        if (stitched.captures().isEmpty()) {
            return;
        }
        PacketScope wanted = new PacketScope(point.get(), conversation(), range(), shown());
        if (wanted.equals(scope)) {
            return;
        }
        scope = wanted;
        ordering.cancel();
        int mine = ++orders;
        busy.set(true);
        ordering = context.jobs()
                .start("order packets", progress -> Outcome.ok(wanted.rows(stitched, progress)), _ -> {}, outcome -> {
                    if (mine == orders) {
                        busy.set(false);
                        if (outcome instanceof Outcome.Ok<PacketRows>(var made)) {
                            rows.set(made);
                        }
                    }
                });
    }

    /** The row of the selected packet, negative when it is not in the list. */
    int selectedRow() {
        Selection.Packet packet = context.selection().now().packet();
        return packet == null ? -1 : rows.get().indexOf(packet.capture(), packet.frame());
    }

    /** Selects the packet of a row. */
    void select(int row) {
        if (row >= 0 && row < rows.get().size() && row != selectedRow()) {
            context.selection().frame(rows.get().capture(row), rows.get().frame(row));
        }
    }

    /** Selects the packet so many rows further, the first one when none is selected. */
    void step(int by) {
        int now = selectedRow();
        select(now < 0 ? 0 : Math.clamp(now + by, 0, rows.get().size() - 1));
    }

    /** Narrows everything to the conversation of the selected packet. */
    void open() {
        Selection.Packet packet = context.selection().now().packet();
        if (packet != null && packet.journey() != Selection.NONE) {
            context.selection().conversation(stitched.journeys().conversation(packet.journey()));
            context.selection().frame(packet.capture(), packet.frame());
        }
    }

    /** Reads the frames of rows on the screen, so that their cells say what the application says. */
    void look(Collection<Integer> wanted) {
        PacketRows now = rows.get();
        List<Integer> missing = wanted.stream()
                .filter(row -> row < now.size() && !texts.isRead(now.capture(row), now.frame(row)))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        reading.cancel();
        reading = context.jobs().start("read packets", progress -> lines(now, missing, progress), _ -> {}, outcome -> {
            if (outcome instanceof Outcome.Ok<List<Line>>(var lines)) {
                lines.forEach(line -> texts.keep(line.capture(), line.frame(), line.line()));
                if (lines.stream().anyMatch(line -> line.line().isPresent())) {
                    read.set(read.get() + 1);
                }
            }
        });
    }

    private Outcome<List<Line>> lines(PacketRows of, List<Integer> wanted, Progress progress) {
        List<Line> lines = new ArrayList<>();
        for (int row : wanted) {
            progress.stopIfCancelled();
            int capture = of.capture(row);
            long number = of.frame(row);
            lines.add(new Line(
                    capture,
                    number,
                    switch (source.read(capture, number, progress)) {
                        case Outcome.Ok<CapturedFrame>(var frame) -> Optional.of(RowTexts.FrameLine.of(frame));
                        case Outcome.Failed<CapturedFrame> _ -> Optional.empty();
                    }));
        }
        return Outcome.ok(lines);
    }
}
