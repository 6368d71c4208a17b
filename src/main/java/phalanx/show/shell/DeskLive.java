package phalanx.show.shell;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.PopupControl;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.LiveCapture;
import phalanx.explain.Analyzer;
import phalanx.show.DeskView;
import phalanx.show.Words;
import phalanx.show.dock.Docks;
import phalanx.show.live.CaptureDialog;
import phalanx.show.live.LiveDetails;
import phalanx.show.live.LiveSession;
import phalanx.show.live.LiveStrip;
import phalanx.stitch.Conversation;

/**
 * Captures under way on the desk. The views follow them until the user works in one of these, for nobody can read what moves away; they
 * go on when they are told to. Screen thread.
 */
final class DeskLive extends StackPane {
    private static final Words WORDS = Words.of("live");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss", Locale.ROOT);

    private final Desk desk;
    private final Analyzer analyzer;
    private final CaptureDialog dialog;
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private @Nullable LiveStrip strip;
    private DeskViewModel.State.@Nullable Answered newest;

    DeskLive(Desk desk, Analyzer analyzer, CaptureDialog dialog) {
        this.desk = desk;
        this.analyzer = analyzer;
        this.dialog = dialog;
        setVisible(false);
        managedProperty().bind(visibleProperty());
        following.subscribe(this::showNewest);
        desk.model().live().subscribe(this::show);
    }

    /** Whether captures are under way. */
    BooleanBinding running() {
        return desk.model().live().isNotNull();
    }

    /** Whether the views show each new answer. */
    BooleanProperty following() {
        return following;
    }

    /** Asks what to capture, and begins. */
    void ask() {
        Investigation open = desk.investigation().get();
        int selected = open == null ? -1 : open.selection().now().conversation();
        Conversation conversation = open == null || selected < 0
                ? null
                : open.analysis().stitched().conversations().get(selected);
        Path home = Path.of(System.getProperty("user.home"), "phalanx-captures");
        dialog.show(home.resolve(STAMP.format(LocalDateTime.now(ZoneId.systemDefault()))), conversation, this::begin);
    }

    /** Shows what captures under way have. @param captures by the names of their points */
    void begin(Map<String, LiveCapture> captures) {
        LiveSession session =
                new LiveSession(captures, analyzer.live(), desk.model().jobs());
        desk.keeping().leave(() -> follow(session), session::leave);
    }

    private void follow(LiveSession session) {
        desk.show(ActivityBar.Activity.INVESTIGATE);
        following.set(true);
        newest = null;
        desk.model().follow(session, this::answered);
    }

    private void show(@Nullable LiveSession session) {
        setVisible(session != null);
        if (session == null) {
            getChildren().clear();
            strip = null;
            newest = null;
            return;
        }
        LiveStrip made = new LiveStrip(session, following, this::details);
        strip = made;
        getChildren().setAll(made);
        session.status().subscribe(_ -> showNewest());
    }

    private void answered(DeskViewModel.State.Answered answer) {
        newest = answer;
        if (strip != null) {
            strip.newest().set(answer.analysis());
        }
        showNewest();
    }

    /** Shows the newest answer unless the views stand still, or the user is in the middle of something. */
    private void showNewest() {
        DeskViewModel.State.Answered answer = newest;
        if (answer == null || !following.get() || isBusy()) {
            return;
        }
        newest = null;
        desk.model().show(answer);
        Investigation open = desk.investigation().get();
        if (open != null && open.selection().now().packet() == null) {
            open.docks().views().forEach(view -> open.docks().made(view.id()).ifPresent(DeskView::showNewest));
        }
    }

    /** Whether something is typed, or a menu is open: what is renewed would close it. */
    private boolean isBusy() {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        boolean typing = focused instanceof TextInputControl field
                && field.isEditable()
                && !field.getText().isEmpty();
        return typing
                || Window.getWindows().stream()
                        .anyMatch(window -> window instanceof PopupControl popup && !(popup instanceof Tooltip));
    }

    /** The views stand still from now on when somebody works in them. @param scene of a window  @param views all of them in it */
    void standStillFor(Scene scene, Node views) {
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, press -> standStill(press, views));
        scene.addEventFilter(ScrollEvent.SCROLL, turn -> standStill(turn, views));
        scene.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (!key.isShortcutDown() && !key.isAltDown() && !key.getCode().isFunctionKey()) {
                standStill(key, views);
            }
        });
    }

    private void standStill(Event event, Node views) {
        Node at = event.getTarget() instanceof Node node ? node : null;
        while (at != null && !at.equals(views)) {
            if (at.getStyleClass().contains(Docks.HEADER)) {
                return; // to bring another view to the front is no work in one
            }
            at = at.getParent();
        }
        if (at != null && desk.model().live().get() != null) {
            following.set(false);
        }
    }

    void stop() {
        withSession(LiveSession::stop);
    }

    void pause() {
        withSession(session -> session.pause(!session.status().get().paused()));
    }

    void details() {
        LiveStrip shown = strip;
        withSession(session -> {
            if (shown != null) {
                desk.dialogs().tell(WORDS.get("details.title"), new LiveDetails(session, shown.newest()));
            }
        });
    }

    private void withSession(Consumer<LiveSession> work) {
        LiveSession session = desk.model().live().get();
        if (session != null) {
            work.accept(session);
        }
    }

    /** Ends what is captured; the files stay. */
    void close() {
        withSession(LiveSession::leave);
    }
}
