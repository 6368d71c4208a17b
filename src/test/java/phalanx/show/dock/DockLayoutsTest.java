package phalanx.show.dock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phalanx.casefile.DockLayout;

class DockLayoutsTest {
    private static final List<DockedView> VIEWS = List.of(
            view("captures", DockPlace.LEFT),
            view("map", DockPlace.TOP),
            view("ladder", DockPlace.CENTRE),
            view("charts", DockPlace.CENTRE),
            view("conversations", DockPlace.BOTTOM),
            view("cause", DockPlace.RIGHT));

    private static final DockRoom LARGE = new DockRoom(1600, 1000);

    private static DockedView view(String id, DockPlace place) {
        return new DockedView(id, id, "mdi2f-filter", place, () -> {
            throw new AssertionError("nobody looks at it");
        });
    }

    @Test
    void the_usual_layout_has_every_view_once_and_no_empty_dock() {
        DockLayout usual = DockLayouts.usual(VIEWS, LARGE);
        assertEquals(List.of("captures", "map", "ladder", "charts", "conversations", "cause"), usual.allViews());
        assertEquals(Optional.empty(), DockLayouts.find(usual, DockPlace.INSPECTOR));
    }

    @Test
    void each_dock_can_be_taken_away_and_brought_back_with_the_views_it_had() {
        DockLayout usual = DockLayouts.usual(VIEWS, LARGE);
        for (DockPlace place : DockPlace.values()) {
            Optional<DockLayout.Tabs> tabs = DockLayouts.find(usual, place);
            if (tabs.isPresent()) {
                DockLayout rest = DockLayouts.without(usual, place).orElseThrow();
                assertTrue(DockLayouts.find(rest, place).isEmpty());
                assertEquals(
                        usual.allViews().size() - tabs.get().views().size(),
                        rest.allViews().size());
                DockLayout again = DockLayouts.with(rest, place, tabs.get());
                assertEquals(tabs, DockLayouts.find(again, place));
                assertEquals(usual.allViews().size(), again.allViews().size());
            }
        }
    }

    @Test
    void dividers_are_one_fewer_than_parts_whatever_goes_first() {
        for (DockPlace first : DockPlace.values()) {
            for (DockPlace second : DockPlace.values()) {
                DockLayout layout = DockLayouts.usual(VIEWS, LARGE);
                layout = DockLayouts.without(layout, first).orElse(layout);
                layout = DockLayouts.without(layout, second).orElse(layout);
                check(layout);
            }
        }
    }

    private static void check(DockLayout layout) {
        if (layout instanceof DockLayout.Split(var _, var dividers, var parts)) {
            assertEquals(parts.size() - 1, dividers.size());
            assertTrue(parts.size() > 1);
            parts.forEach(DockLayoutsTest::check);
        }
    }

    @Test
    void nothing_is_left_of_a_layout_whose_only_dock_goes() {
        DockLayout only = new DockLayout.Tabs("centre", List.of("ladder"), "ladder");
        assertEquals(Optional.empty(), DockLayouts.without(only, DockPlace.CENTRE));
        assertEquals(Optional.of(only), DockLayouts.without(only, DockPlace.LEFT));
    }

    @Test
    void where_there_is_little_room_docks_are_put_together_and_every_view_is_still_there() {
        DockLayout low = DockLayouts.usual(VIEWS, new DockRoom(1280, 720));
        assertEquals(
                List.of("ladder", "charts", "map"),
                DockLayouts.find(low, DockPlace.CENTRE).orElseThrow().views());
        DockLayout twice = DockLayouts.usual(VIEWS, new DockRoom(640, 360));
        assertEquals(
                new DockLayout.Split(
                        false,
                        List.of(0.6),
                        List.of(
                                new DockLayout.Tabs(
                                        "centre", List.of("ladder", "charts", "map", "conversations"), "ladder"),
                                new DockLayout.Tabs("right", List.of("cause", "captures"), "cause"))),
                twice);
        assertTrue(DockLayouts.alike(low, DockLayouts.usual(VIEWS, new DockRoom(1300, 700))));
    }
}
