package phalanx.show.dock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import phalanx.casefile.DockLayout;
import phalanx.casefile.DockLayout.Split;
import phalanx.casefile.DockLayout.Tabs;

/** Layouts made of layouts: the usual one, one with a dock more, one with a dock less. Any thread. */
final class DockLayouts {
    /** Shares of the window at which docks end. */
    private static final double LEFT_ENDS = 0.19,
            RIGHT_BEGINS = 0.72,
            TOP_ENDS = 0.24,
            CENTRE_ENDS = 0.74,
            RIGHT_ENDS = 0.55;

    private DockLayouts() {}

    /** Where views stand when nobody moved them; docks without views are left out. */
    static DockLayout usual(List<DockedView> views, DockRoom room) {
        DockLayout middle = new Split(
                true,
                List.of(TOP_ENDS, CENTRE_ENDS),
                List.of(
                        tabs(views, DockPlace.TOP, room),
                        tabs(views, DockPlace.CENTRE, room),
                        tabs(views, DockPlace.BOTTOM, room)));
        DockLayout right = new Split(
                true,
                List.of(RIGHT_ENDS),
                List.of(tabs(views, DockPlace.RIGHT, room), tabs(views, DockPlace.INSPECTOR, room)));
        DockLayout all = new Split(
                false,
                List.of(room.leftEnds(), room.middleEnds()),
                List.of(tabs(views, DockPlace.LEFT, room), middle, right));
        for (DockPlace place : DockPlace.values()) {
            boolean empty =
                    find(all, place).stream().allMatch(tabs -> tabs.views().isEmpty());
            all = empty ? without(all, place).orElse(all) : all;
        }
        return all;
    }

    /** The views that belong to a dock, those that always do before those for which there is no other room; the first in front. */
    static Tabs tabs(List<DockedView> views, DockPlace place, DockRoom room) {
        List<String> ids = views.stream()
                .filter(view -> room.place(view.place()) == place)
                .sorted(Comparator.comparing(view -> view.place() != place))
                .map(DockedView::id)
                .toList();
        return new Tabs(place.id(), ids, ids.isEmpty() ? null : ids.getFirst());
    }

    /** Whether the same views stand in the same docks, whatever their sizes and whichever are in front. */
    static boolean alike(DockLayout one, DockLayout other) {
        return bare(one).equals(bare(other));
    }

    private static DockLayout bare(DockLayout layout) {
        return switch (layout) {
            case Tabs(var place, var views, var _) -> new Tabs(place, views, null);
            case Split(var vertical, var _, var parts) ->
                new Split(
                        vertical,
                        List.of(),
                        parts.stream().map(DockLayouts::bare).toList());
        };
    }

    /** The dock of a name, if it is there. */
    static Optional<Tabs> find(DockLayout layout, DockPlace place) {
        return find(layout, place.id());
    }

    /** As the other; docks that users make by dragging have names of their own. */
    static Optional<Tabs> find(DockLayout layout, String place) {
        return switch (layout) {
            case Tabs tabs -> tabs.place().equals(place) ? Optional.of(tabs) : Optional.empty();
            case Split(var _, var _, var parts) ->
                parts.stream().flatMap(part -> find(part, place).stream()).findFirst();
        };
    }

    /** A layout with one view more, the last in a dock that is there. */
    static DockLayout with(DockLayout layout, String place, String view) {
        return switch (layout) {
            case Tabs(var name, var views, var selected)
            when name.equals(place) ->
                new Tabs(
                        name,
                        Stream.concat(views.stream(), Stream.of(view)).toList(),
                        selected == null ? view : selected);
            case Tabs tabs -> tabs;
            case Split(var vertical, var dividers, var parts) ->
                new Split(
                        vertical,
                        dividers,
                        parts.stream().map(part -> with(part, place, view)).toList());
        };
    }

    /** A layout with one dock more, on its usual side of the dock that it usually stands beside, or of everything. */
    static DockLayout with(DockLayout layout, DockPlace place, Tabs tabs) {
        if (layout.allViews().isEmpty()) {
            return tabs;
        }
        return switch (place) {
            case LEFT -> split(false, LEFT_ENDS, tabs, layout);
            case TOP -> beside(layout, DockPlace.CENTRE, true, TOP_ENDS, tabs, true);
            case CENTRE -> beside(layout, DockPlace.TOP, true, TOP_ENDS, tabs, false);
            case BOTTOM -> beside(layout, DockPlace.CENTRE, true, CENTRE_ENDS, tabs, false);
            case RIGHT ->
                find(layout, DockPlace.INSPECTOR).isPresent()
                        ? beside(layout, DockPlace.INSPECTOR, true, RIGHT_ENDS, tabs, true)
                        : split(false, RIGHT_BEGINS, layout, tabs);
            case INSPECTOR ->
                find(layout, DockPlace.RIGHT).isPresent()
                        ? beside(layout, DockPlace.RIGHT, true, RIGHT_ENDS, tabs, false)
                        : split(false, RIGHT_BEGINS, layout, tabs);
        };
    }

    /** A layout without a dock; a split of one part becomes that part. Empty when nothing is left. */
    static Optional<DockLayout> without(DockLayout layout, DockPlace place) {
        if (!(layout instanceof Split(var vertical, var dividers, var parts))) {
            return find(layout, place).isPresent() ? Optional.empty() : Optional.of(layout);
        }
        List<DockLayout> left = new ArrayList<>();
        List<Double> at = new ArrayList<>(dividers);
        for (DockLayout part : parts) {
            Optional<DockLayout> rest = without(part, place);
            rest.ifPresent(left::add);
            if (rest.isEmpty() && !at.isEmpty()) {
                at.remove(Math.min(left.size(), at.size() - 1));
            }
        }
        return left.size() > 1
                ? Optional.of(new Split(vertical, at, left))
                : left.stream().findFirst();
    }

    private static DockLayout split(boolean vertical, double divider, DockLayout... parts) {
        return new Split(vertical, List.of(divider), Arrays.asList(parts));
    }

    private static DockLayout beside(
            DockLayout layout, DockPlace anchor, boolean vertical, double divider, Tabs tabs, boolean first) {
        if (find(layout, anchor).isEmpty()) {
            return first ? split(vertical, divider, tabs, layout) : split(vertical, divider, layout, tabs);
        }
        return switch (layout) {
            case Tabs _ -> first ? split(vertical, divider, tabs, layout) : split(vertical, divider, layout, tabs);
            case Split(var isVertical, var dividers, var parts) ->
                new Split(
                        isVertical,
                        dividers,
                        parts.stream()
                                .map(part -> find(part, anchor).isPresent()
                                        ? beside(part, anchor, vertical, divider, tabs, first)
                                        : part)
                                .toList());
        };
    }
}
