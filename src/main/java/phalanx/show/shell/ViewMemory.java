package phalanx.show.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import phalanx.explain.ExplainedFinding;
import phalanx.show.cause.CauseView;
import phalanx.show.cause.Dismissal;
import phalanx.show.conversations.ColumnLayout;
import phalanx.show.conversations.ConversationsView;
import phalanx.show.map.MapView;
import phalanx.topology.Layout;

/**
 * What single views keep with a case, as texts: columns of the conversations, places on the map, findings that are no problem.
 * What is not understood, from another release, is passed over. Screen thread.
 */
final class ViewMemory {
    private static final String COLUMNS = "conversations.columns",
            SORTS = "conversations.sorts",
            GROUPING = "conversations.grouping";
    private static final String POSITIONS = "map.positions";

    private final Investigation shown;

    ViewMemory(Investigation shown) {
        this.shown = shown;
    }

    /** What the views that were ever seen keep. */
    Map<String, String> kept() {
        Map<String, String> kept = new HashMap<>();
        if (shown.docks().made("conversations").orElse(null) instanceof ConversationsView view) {
            ColumnLayout layout = view.columnLayout();
            kept.put(
                    COLUMNS,
                    layout.columns().stream()
                            .map(column -> column.key() + " " + Math.round(column.width()) + " " + column.visible())
                            .collect(Collectors.joining(",")));
            kept.put(
                    SORTS,
                    layout.sorts().stream()
                            .map(sort -> sort.key() + " " + sort.descending())
                            .collect(Collectors.joining(",")));
            kept.put(GROUPING, layout.grouping());
        }
        if (shown.docks().made("map").orElse(null) instanceof MapView view) {
            kept.put(
                    POSITIONS,
                    view.model().positions().get().entrySet().stream()
                            .map(at -> String.format(
                                    Locale.ROOT,
                                    "%.1f %.1f %s",
                                    at.getValue().x(),
                                    at.getValue().y(),
                                    at.getKey()))
                            .collect(Collectors.joining("\n")));
        }
        return kept;
    }

    /** Findings that are no problem, with the reason, by kind and place; also those that this answer does not have. */
    Map<String, String> dismissed() {
        Map<String, String> dismissed = new HashMap<>(shown.carried());
        if (shown.docks().made("cause").orElse(null) instanceof CauseView view) {
            for (Dismissal dismissal : view.dismissals().get()) {
                finding(dismissal.finding())
                        .ifPresent(told -> dismissed.put(shown.notes().finding(told), dismissal.reason()));
            }
        }
        return dismissed;
    }

    /** Puts the views as they were kept. */
    void restore(Map<String, String> kept, Map<String, String> dismissed) {
        if (kept.containsKey(COLUMNS) && shown.docks().view("conversations") instanceof ConversationsView view) {
            view.restore(new ColumnLayout(
                    parts(kept.getOrDefault(COLUMNS, ""), ",", 3).stream()
                            .filter(parts -> parts[1].matches("\\d{1,5}"))
                            .map(parts -> new ColumnLayout.Column(
                                    parts[0], Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2])))
                            .toList(),
                    parts(kept.getOrDefault(SORTS, ""), ",", 2).stream()
                            .map(parts -> new ColumnLayout.Sort(parts[0], Boolean.parseBoolean(parts[1])))
                            .toList(),
                    kept.getOrDefault(GROUPING, "")));
        }
        if (kept.containsKey(POSITIONS) && shown.docks().view("map") instanceof MapView view) {
            Map<String, Layout.Point> positions = new HashMap<>();
            for (String[] parts : parts(kept.getOrDefault(POSITIONS, ""), "\n", 3)) {
                if (parts[0].matches("-?\\d{1,6}\\.\\d") && parts[1].matches("-?\\d{1,6}\\.\\d")) {
                    positions.put(
                            parts[2], new Layout.Point(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
                }
            }
            view.model().positions().set(positions);
        }
        Map<String, String> carried = new HashMap<>(dismissed);
        shown.analysis().findings().forEach(told -> carried.remove(shown.notes().finding(told)));
        shown.carry(carried);
        if (!dismissed.isEmpty() && shown.docks().view("cause") instanceof CauseView view) {
            List<Dismissal> again = new ArrayList<>();
            for (ExplainedFinding told : shown.analysis().findings()) {
                String reason = dismissed.get(shown.notes().finding(told));
                if (reason != null && !reason.isBlank()) {
                    again.add(new Dismissal(told.id(), reason));
                }
            }
            view.restore(again);
        }
    }

    private static List<String[]> parts(String text, String between, int count) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(between, -1))
                        .map(one -> one.split(" ", count))
                        .filter(parts -> parts.length == count)
                        .toList();
    }

    private Optional<ExplainedFinding> finding(String id) {
        return shown.analysis().findings().stream()
                .filter(told -> told.id().equals(id))
                .findFirst();
    }
}
