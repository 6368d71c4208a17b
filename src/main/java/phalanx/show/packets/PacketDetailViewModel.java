package phalanx.show.packets;

import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.dissect.Comparison;
import phalanx.dissect.Dissection;
import phalanx.dissect.Dissector;
import phalanx.dissect.FieldNode;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Direction;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.ViewContext;
import phalanx.stitch.Stitched;

/** The selected packet taken apart, the selected field of it, and on request what is different at another capture point. Screen thread. */
final class PacketDetailViewModel {
    /**
     * What is on the screen.
     *
     * @param packet which one
     * @param frame null when it could not be read
     * @param field the way to the selected field, the outermost first; empty for none
     * @param caret the byte gone to, -1 for none
     * @param compared the same packet elsewhere, null when it is not compared
     * @param problem why there is no frame
     */
    record Shown(
            Selection.Packet packet,
            @Nullable Dissection frame,
            List<FieldNode> field,
            int caret,
            @Nullable Compared compared,
            @Nullable Problem problem) {
        Shown {
            field = List.copyOf(field);
        }

        Shown at(List<FieldNode> path, int byteAt) {
            return new Shown(packet, frame, path, byteAt, compared, problem);
        }
    }

    /**
     * The same packet at another capture point.
     *
     * @param capture that point
     * @param frame of its file
     * @param earlier whether the packet comes by there before the point looked at
     * @param comparison from where the packet comes by first to the other
     */
    record Compared(int capture, Dissection frame, boolean earlier, Comparison comparison) {}

    private final ViewContext context;
    private final Stitched stitched;
    private final FrameSource source;
    private final ReadOnlyObjectWrapper<@Nullable Shown> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Jobs.Handle loading = () -> {};
    private int loads;
    private boolean comparing;
    private int other = Selection.NONE;

    PacketDetailViewModel(ViewContext context) {
        this.context = context;
        stitched = context.analysis().stitched();
        source = new FrameSource(stitched);
        follow(null, context.selection().now());
        context.selection().state().subscribe(this::follow);
    }

    /** Null before the first packet. */
    ReadOnlyObjectProperty<@Nullable Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Another packet is read, and the same one again when another finding asks for its own field. */
    private void follow(Selection.@Nullable State before, Selection.State now) {
        Selection.Packet packet = now.packet();
        if (packet == null) {
            loading.cancel();
            loads++;
            busy.set(false);
            shown.set(null);
        } else if (before == null
                || !packet.equals(before.packet())
                || now.finding() != null && !now.finding().equals(before.finding())) {
            load(packet, now.finding());
        }
    }

    /** Capture points that saw the selected packet, nearest to the client first. */
    List<Integer> sightings() {
        Selection.Packet packet = context.selection().now().packet();
        return packet == null
                ? List.of()
                : packet.journey() == Selection.NONE ? List.of(packet.capture()) : sightings(packet.journey());
    }

    private List<Integer> sightings(int journey) {
        return stitched.clientFirst().stream()
                .filter(capture -> stitched.journeys().row(journey, capture) >= 0)
                .toList();
    }

    boolean comparing() {
        return comparing;
    }

    /** The point that the packet is compared with, the next on its way unless chosen, {@link Selection#NONE} when no other one saw it. */
    int comparedWith() {
        List<Integer> seen = sightings();
        Selection.Packet packet = context.selection().now().packet();
        if (packet == null || seen.size() < 2) {
            return Selection.NONE;
        }
        if (other != packet.capture() && seen.contains(other)) {
            return other;
        }
        int at = seen.indexOf(packet.capture());
        int step = towardsServer(packet.journey()) ? 1 : -1;
        return seen.get(at + step >= 0 && at + step < seen.size() ? at + step : at - step);
    }

    private boolean towardsServer(int journey) {
        return stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
    }

    /** Whether the differences to another capture point are shown. */
    void compare(boolean wanted) {
        comparing = wanted;
        reload();
    }

    /** Compares with that point from now on. */
    void compareWith(int capture) {
        other = capture;
        reload();
    }

    private void reload() {
        Selection.Packet packet = context.selection().now().packet();
        if (packet != null) {
            load(packet, null);
        }
    }

    private void load(Selection.Packet packet, @Nullable ExplainedFinding finding) {
        loading.cancel();
        int mine = ++loads;
        int against = comparing ? comparedWith() : Selection.NONE;
        Shown before = shown.get();
        String kept = before == null || before.field.isEmpty()
                ? ""
                : before.field.getLast().name();
        busy.set(true);
        loading = context.jobs()
                .start(
                        "read packet",
                        progress -> Outcome.ok(made(packet, finding, kept, against, progress)),
                        _ -> {},
                        outcome -> {
                            if (mine == loads) {
                                busy.set(false);
                                shown.set(
                                        switch (outcome) {
                                            case Outcome.Ok<Shown>(var made) -> made;
                                            case Outcome.Failed<Shown>(var problem) ->
                                                new Shown(packet, null, List.of(), -1, null, problem);
                                        });
                            }
                        });
    }

    private Shown made(
            Selection.Packet packet, @Nullable ExplainedFinding finding, String kept, int against, Progress progress) {
        return switch (read(packet.capture(), packet.frame(), progress)) {
            case Outcome.Failed<Dissection>(var problem) -> new Shown(packet, null, List.of(), -1, null, problem);
            case Outcome.Ok<Dissection>(var frame) -> {
                List<FieldNode> field = finding == null
                        ? List.of()
                        : ProvingField.of(finding.finding().kind(), frame).orElse(List.of());
                if (field.isEmpty() && !kept.isEmpty()) {
                    field = frame.pathTo(kept).orElse(List.of());
                }
                yield new Shown(packet, frame, field, -1, compared(packet, frame, against, progress), null);
            }
        };
    }

    private @Nullable Compared compared(Selection.Packet packet, Dissection frame, int against, Progress progress) {
        if (against == Selection.NONE) {
            return null;
        }
        int row = stitched.journeys().row(packet.journey(), against);
        long number = stitched.captures().get(against).packets().frame(row);
        if (!(read(against, number, progress) instanceof Outcome.Ok<Dissection>(var there))) {
            return null;
        }
        List<Integer> seen = sightings(packet.journey());
        boolean earlier = seen.indexOf(against) < seen.indexOf(packet.capture()) == towardsServer(packet.journey());
        return new Compared(
                against, there, earlier, earlier ? Comparison.of(there, frame) : Comparison.of(frame, there));
    }

    private Outcome<Dissection> read(int capture, long frame, Progress progress) {
        return source.read(capture, frame, progress).then(read -> Outcome.ok(Dissector.dissect(read)));
    }

    /** Selects a field of the tree, the way to it from the outermost one. */
    void select(List<FieldNode> path) {
        Shown now = shown.get();
        if (now != null && !now.field.equals(path)) {
            shown.set(now.at(path, -1));
        }
    }

    /** Selects the field that a byte belongs to. */
    void selectByte(int at) {
        Shown now = shown.get();
        if (now != null && now.frame != null) {
            shown.set(now.at(now.frame.pathAt(at), at));
        }
    }

    /** Selects the sighting of the packet at that capture point. */
    void see(int capture) {
        Selection.Packet packet = context.selection().now().packet();
        if (packet != null && packet.capture() != capture && packet.journey() != Selection.NONE) {
            int row = stitched.journeys().row(packet.journey(), capture);
            context.selection()
                    .frame(capture, stitched.captures().get(capture).packets().frame(row));
        }
    }

    /** Name of a capture point. */
    String point(int capture) {
        return stitched.hopName(capture);
    }

    /** The frame that point recorded of the selected packet. */
    long frameAt(int capture) {
        Selection.Packet packet =
                Objects.requireNonNull(context.selection().now().packet());
        return packet.capture() == capture
                ? packet.frame()
                : stitched.captures()
                        .get(capture)
                        .packets()
                        .frame(stitched.journeys().row(packet.journey(), capture));
    }
}
