package phalanx.show.conversations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Menu;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.decode.filter.DisplayFilter;
import phalanx.explain.Analysis;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.PathCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.show.DataTable;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;
import phalanx.stitch.Conversation;

/** The table of conversations on real captures; every state leaves a picture behind. */
class ConversationsViewTest {
    private static final class Opened {
        final Analysis analysis;
        final Selection selection;
        final SimpleObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
        final SimpleObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
        final List<String> filters = new ArrayList<>();
        final ConversationsView view;
        final Scene scene;

        Opened(String sample, double width, double height) {
            analysis = TestPipeline.analyze(TestPipeline.sample(sample));
            selection = Screen.on(() -> new Selection(analysis.stitched()));
            view = Screen.on(() -> new ConversationsView(
                    new ViewContext(analysis, selection, shown, palette, Screen.AT_ONCE, filters::add)));
            scene = Screen.on(() -> {
                Scene made = new Scene(view, width, height);
                made.getStylesheets().add("/show/desk.css");
                Stage stage = new Stage();
                stage.setScene(made);
                stage.show();
                return made;
            });
            theme(Theme.LIGHT);
        }

        void theme(Theme theme) {
            Screen.run(() -> {
                Application.setUserAgentStylesheet(theme.baseSheet());
                view.getStyleClass().add("desk");
                view.setStyle("-fx-background-color: -color-bg-default; "
                        + theme.palette().css());
            });
        }

        DataTable table() {
            return Screen.on(() -> view.table().orElseThrow());
        }

        List<String> column(String title) {
            DataTable table = table();
            int column = table.columns().indexOf(title);
            return IntStream.range(0, table.rows())
                    .mapToObj(row -> table.cell(row, column))
                    .toList();
        }

        ConversationsTable lines() {
            return (ConversationsTable) view.getChildren().getLast();
        }

        void press(KeyCode code, boolean control) {
            Screen.run(() ->
                    lines().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false)));
        }

        void show(int... conversations) {
            BitSet some = new BitSet();
            for (int conversation : conversations) {
                some.set(conversation);
            }
            Screen.run(() -> shown.set(new Shown("tcp.port == 1", List.of(), new BitSet(), some, 0, 0, 0)));
        }
    }

    @Test
    void the_worst_comes_first_and_every_theme_leaves_a_picture() {
        Opened opened = new Opened("loss-on-wan-link", 1500, 330);
        for (Theme theme : Theme.values()) {
            opened.theme(theme);
            Screen.picture(opened.scene, "conversations-view-" + theme.word());
        }
        List<Integer> findings = opened.column("Findings").stream()
                .map(ids -> ids.isEmpty() ? 0 : ids.split(" ").length)
                .toList();
        assertTrue(findings.getFirst() > 0);
        assertTrue(Screen.shows(opened.scene, findings.size() + " of " + findings.size() + " conversations"));
    }

    @Test
    void headers_are_read_while_the_view_is_seen_and_not_for_one_that_was_left() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("slow-server"));
        Queue<Runnable> work = new ArrayDeque<>();
        Screen.run(() -> {
            ConversationsView view = new ConversationsView(new ViewContext(
                    analysis,
                    new Selection(analysis.stitched()),
                    new SimpleObjectProperty<>(Shown.ALL),
                    new SimpleObjectProperty<>(Palette.LIGHT),
                    new Jobs(work::add, Runnable::run),
                    _ -> {}));
            StackPane desk = new StackPane(view);
            Scene scene = new Scene(desk, 1000, 300);
            assertEquals(scene, view.getScene());
            desk.getChildren().clear();
            finish(work);
            long without = filled(view.table().orElseThrow());
            assertTrue(without > 0, "they were arranged without");
            desk.getChildren().add(view);
            assertEquals(1, work.size());
            finish(work);
            assertTrue(filled(view.table().orElseThrow()) > without);
        });
    }

    /** How many cells say something. */
    private static long filled(DataTable table) {
        return IntStream.range(0, table.rows())
                .mapToLong(row -> IntStream.range(0, table.columns().size())
                        .filter(column -> !table.cell(row, column).isEmpty())
                        .count())
                .sum();
    }

    private static void finish(Queue<Runnable> work) {
        String name = Thread.currentThread().getName();
        while (!work.isEmpty()) {
            work.remove().run();
        }
        Thread.currentThread().setName(name); // which jobs change
    }

    @Test
    void figures_of_the_columns_add_up_to_those_of_the_segments() {
        Opened opened = new Opened("loss-on-wan-link", 1280, 300);
        ConversationSource source = ConversationSource.detailed(opened.analysis, Progress.NONE);
        List<SegmentTraffic> segments = opened.analysis.measures().segments();
        long lost = 0;
        for (Conversation conversation : opened.analysis.stitched().conversations()) {
            PathCounts path = source.details().get(conversation.id()).path();
            assertEquals(of(conversation, opened, segments.get(path.worst()).lost()), path.lost());
            assertEquals(
                    path.lost()
                            + of(
                                    conversation,
                                    opened,
                                    segments.get(path.worst()).delivered()),
                    path.sent());
            for (SegmentTraffic segment : segments) {
                long lostThere = of(conversation, opened, segment.lost());
                long sentThere = lostThere + of(conversation, opened, segment.delivered());
                assertTrue(lostThere * path.sent() <= path.lost() * sentThere, "not the worst");
            }
            lost += path.lost();
        }
        assertTrue(lost > 0);
        long reordered = opened.analysis.measures().segments().stream()
                .mapToLong(segment -> segment.counts().reordered())
                .sum();
        assertEquals(
                reordered,
                source.details().stream().mapToLong(d -> d.path().reordered()).sum());
    }

    private static long of(Conversation conversation, Opened opened, int[] journeys) {
        return IntStream.of(journeys)
                .filter(journey -> opened.analysis.stitched().journeys().conversation(journey) == conversation.id())
                .count();
    }

    @Test
    void columns_sort_by_figure_and_keep_the_selection() {
        Opened opened = new Opened("loss-on-wan-link", 1280, 300);
        Screen.run(() -> opened.selection.conversation(0));
        Screen.run(() -> opened.view.restore(new ColumnLayout(
                List.of(new ColumnLayout.Column("bytes", 120, true), new ColumnLayout.Column("client", 150, true)),
                List.of(new ColumnLayout.Sort("bytes", true)),
                "none")));
        List<Long> bytes = opened.column("Bytes").stream()
                .map(text -> Long.parseLong(text.replace(",", "")))
                .toList();
        assertEquals(bytes.stream().sorted((a, b) -> Long.compare(b, a)).toList(), bytes);
        assertEquals("Bytes", opened.table().columns().getFirst());
        assertEquals(0, Screen.on(() -> opened.selection.now().conversation()));
        assertEquals(
                0,
                Screen.on(() -> ((ConversationRow)
                                opened.lines().getSelectionModel().getSelectedItem())
                        .conversation()
                        .id()));
        ColumnLayout kept = Screen.on(opened.view::columnLayout);
        assertEquals(List.of(new ColumnLayout.Sort("bytes", true)), kept.sorts());
        Screen.run(() -> opened.view.restore(kept));
        assertEquals(kept, Screen.on(opened.view::columnLayout));
    }

    @Test
    void groups_add_up_and_fold_away() {
        for (Grouping grouping : Grouping.values()) {
            Opened opened = new Opened("nat-and-loss", 1280, 300);
            Screen.run(() -> opened.view.restore(new ColumnLayout(List.of(), List.of(), grouping.key())));
            Screen.picture(opened.scene, "conversations-by-" + grouping.key());
            int all = opened.analysis.measures().conversations().size();
            assertEquals(all, opened.table().rows());
            if (grouping == Grouping.NONE) {
                continue;
            }
            GroupLine first = assertInstanceOf(
                    GroupLine.class, Screen.on(() -> opened.lines().getItems().getFirst()));
            List<GroupLine> groups = Screen.on(() -> opened.lines().getItems().stream()
                    .filter(GroupLine.class::isInstance)
                    .map(GroupLine.class::cast)
                    .toList());
            assertEquals(all, groups.stream().mapToInt(GroupLine::conversations).sum());
            assertEquals(
                    opened.analysis.measures().conversations().stream()
                            .mapToLong(m -> m.bytes()[0] + m.bytes()[1])
                            .sum(),
                    groups.stream().mapToLong(GroupLine::bytes).sum());
            int before = Screen.on(() -> opened.lines().getItems().size());
            Screen.run(() -> opened.lines().getFocusModel().focus(0));
            opened.press(KeyCode.LEFT, false);
            assertEquals(
                    before - first.conversations(),
                    Screen.on(() -> opened.lines().getItems().size()));
            Screen.picture(opened.scene, "conversations-by-" + grouping.key() + "-folded");
        }
    }

    @Test
    void a_filter_that_matches_nothing_says_so_and_can_be_cleared() {
        Opened opened = new Opened("nat-and-loss", 1280, 300);
        opened.show(0);
        assertEquals(1, opened.table().rows());
        opened.show();
        Screen.picture(opened.scene, "conversations-no-match");
        assertEquals(0, opened.table().rows());
        assertTrue(Screen.shows(opened.scene, "conversations match the filter."));
        Screen.run(() -> button(opened, "Clear filter").fire());
        assertEquals(List.of(""), opened.filters);
    }

    private static Button button(Opened opened, String text) {
        return Screen.all(opened.view).stream()
                .filter(node -> node instanceof Button button && text.equals(button.getText()))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_second_conversation_is_pinned_by_key_and_taken_away_again() {
        Opened opened = new Opened("loss-on-wan-link", 1280, 300);
        Screen.run(() -> {
            opened.lines().getSelectionModel().clearAndSelect(0);
            opened.lines().getFocusModel().focus(1);
        });
        int selected = Screen.on(() -> opened.selection.now().conversation());
        opened.press(KeyCode.C, false);
        Screen.picture(opened.scene, "conversations-compared");
        int compared = Screen.on(() -> opened.selection.now().compared());
        assertNotEquals(Selection.NONE, compared);
        assertNotEquals(selected, compared);
        assertEquals(selected, Screen.on(() -> opened.selection.now().conversation()));
        opened.press(KeyCode.C, false);
        assertEquals(Selection.NONE, Screen.on(() -> opened.selection.now().compared()));
    }

    @Test
    void every_filter_of_every_row_is_understood() {
        for (String sample : List.of("nat-and-loss", "loss-on-wan-link", "firewall-drops-syn")) {
            Analysis analysis = TestPipeline.analyze(TestPipeline.sample(sample));
            ConversationSource source = ConversationSource.detailed(analysis, Progress.NONE);
            for (ConversationMetrics metrics : analysis.measures().conversations()) {
                ConversationRow row = source.row(metrics.conversation().id());
                for (ConversationColumn column : ConversationColumn.values()) {
                    ConversationFilters.of(column, row).ifPresent(ConversationsViewTest::understood);
                }
                String one = ConversationFilters.of(metrics.conversation());
                understood(ConversationFilters.not(one));
                understood(ConversationFilters.and("tcp", ConversationFilters.or("", one)));
            }
        }
    }

    private static void understood(String filter) {
        assertInstanceOf(Outcome.Ok.class, DisplayFilter.parse(filter), filter);
    }

    @Test
    void the_context_menu_filters_in_the_words_of_the_filter_language() {
        Opened opened = new Opened("nat-and-loss", 1280, 300);
        ConversationRow row =
                Screen.on(() -> (ConversationRow) opened.lines().getItems().getFirst());
        Screen.run(() -> {
            ConversationsViewModel model = new ConversationsViewModel(new ViewContext(
                    opened.analysis,
                    opened.selection,
                    opened.shown,
                    opened.palette,
                    Screen.AT_ONCE,
                    opened.filters::add));
            RowMenu menu = new RowMenu(model, row, ConversationColumn.SERVER, _ -> {});
            ((Menu) menu.getItems().getFirst()).getItems().get(1).fire();
        });
        String server = row.conversation().server().address().toString();
        assertEquals(
                "not (ip.addr == " + server + " and tcp.port == "
                        + row.conversation().server().port() + ")",
                opened.filters.getFirst());
    }

    @Test
    void all_columns_have_a_title_and_the_menu_finds_them() {
        Opened opened = new Opened("nat-and-loss", 1280, 300);
        ColumnMenu menu = Screen.on(() -> new ColumnMenu(opened.lines().columns()));
        Scene scene = Screen.on(() -> {
            menu.setStyle("-fx-background-color: -color-bg-default; " + Palette.LIGHT.css());
            return new Scene(menu);
        });
        Screen.picture(scene, "conversations-columns");
        Screen.run(() -> {
            TextField search = (TextField) menu.getChildren().getFirst();
            search.setText("window");
        });
        Screen.picture(scene, "conversations-columns-found");
        List<String> found = Screen.on(() -> Screen.all(menu).stream()
                .filter(node -> node instanceof CheckBox box && box.isVisible())
                .map(node -> ((CheckBox) node).getText())
                .toList());
        assertEquals(List.of("Zero windows", "Smallest window", "Window scale"), found);
    }

    @Test
    void every_column_is_shown_at_once() {
        Opened opened = new Opened("loss-on-wan-link", 5200, 300);
        Screen.run(() -> opened.lines().columns().values().forEach(column -> column.setVisible(true)));
        Screen.picture(opened.scene, "conversations-every-column");
        assertEquals(
                ConversationColumn.values().length, opened.table().columns().size());
        assertTrue(opened.column("End").stream().allMatch(end -> !end.isEmpty()));
        assertTrue(opened.column("MSS").stream().anyMatch(size -> size.startsWith("1460")));
    }
}
