package phalanx.show.shell;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.explain.Analysis;
import phalanx.show.Controls;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.Conversation;
import phalanx.topology.Station;

/** What is selected, from the whole to the packet, each step with a button that takes it away; back and forward. Screen thread. */
final class SelectionTrail extends HBox {
    private static final Words WORDS = Words.of("shell");

    private final Analysis analysis;
    private final Selection selection;
    private final Consumer<String> told;
    private final HBox steps = new HBox(6);
    private String narrowest = "";

    /** @param told of the narrowest that is selected, in words */
    SelectionTrail(Analysis analysis, Selection selection, Consumer<String> told) {
        this.analysis = analysis;
        this.selection = selection;
        this.told = told;
        getStyleClass().add("trail");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(4);
        steps.setAlignment(Pos.CENTER_LEFT);
        Button back = Controls.icon("mdi2a-arrow-left", WORDS.get("back"), selection::back);
        back.disableProperty().bind(selection.canGoBack().not());
        Button forward = Controls.icon("mdi2a-arrow-right", WORDS.get("forward"), selection::forward);
        forward.disableProperty().bind(selection.canGoForward().not());
        getChildren().setAll(back, forward, steps);
        selection.state().subscribe(this::show);
    }

    private void show(Selection.State state) {
        narrowest = "";
        fill(state);
        told.accept(narrowest.isEmpty() ? WORDS.get("news.nothing") : WORDS.get("news.selected", narrowest));
    }

    private void fill(Selection.State state) {
        steps.getChildren().clear();
        Label all = new Label(WORDS.get("trail.all"));
        all.getStyleClass().add("soft");
        all.setMinWidth(Region.USE_PREF_SIZE);
        steps.getChildren().add(all);
        Selection.Range range = state.range();
        if (range != null) {
            chip(
                    "mdi2c-clock-outline",
                    WORDS.get("trail.range", Words.language().duration(range.toNanos() - range.fromNanos())),
                    () -> selection.range(null));
        }
        String place = state.place();
        if (place != null) {
            chip("mdi2m-map-marker-outline", placeName(place), () -> selection.place(null));
        }
        if (state.conversation() != Selection.NONE) {
            chip(
                    "mdi2f-forum-outline",
                    conversation(state.conversation()),
                    () -> selection.conversation(Selection.NONE));
        }
        if (state.compared() != Selection.NONE) {
            chip(
                    "mdi2c-compare-horizontal",
                    WORDS.get("trail.compared", conversation(state.compared())),
                    () -> selection.compare(Selection.NONE));
        }
        if (state.finding() != null) {
            chip(
                    "mdi2a-alert-outline",
                    state.finding().id() + " "
                            + Words.language().kind(state.finding().finding().kind()),
                    () -> {
                        selection.journey(Selection.NONE);
                        selection.widen();
                    });
        }
        Selection.Packet packet = state.packet();
        if (packet != null) {
            chip(
                    "mdi2e-email-outline",
                    WORDS.get(
                            "trail.packet",
                            Words.language().count(packet.frame()),
                            analysis.stitched().hopName(packet.capture())),
                    () -> selection.journey(Selection.NONE));
        }
    }

    /** A place of the map, or both ends of a link of it, as they are named there. */
    private String placeName(String place) {
        return Arrays.stream(place.split(">", 2)).map(this::stationName).collect(Collectors.joining(" > "));
    }

    private String stationName(String id) {
        int capture = 0;
        int points = analysis.stitched().captures().size();
        while (capture < points && !new Station.CapturePoint(capture).id().equals(id)) {
            capture++;
        }
        return capture < points
                ? analysis.stitched().hopName(capture)
                : switch (id) {
                    case "client" -> WORDS.get("trail.clients");
                    case "server" -> WORDS.get("trail.servers");
                    default -> id.substring(id.indexOf('-') + 1);
                };
    }

    private String conversation(int id) {
        Conversation of = analysis.stitched().conversations().get(id);
        return of.client() + " > " + of.server();
    }

    private void chip(String icon, String text, Runnable away) {
        narrowest = text;
        Label label = new Label(text, new FontIcon(icon));
        label.setTooltip(new Tooltip(text));
        Button close = Controls.icon("mdi2c-close", WORDS.get("trail.remove", text), away);
        Node chip = new HBox(2, label, close);
        chip.getStyleClass().add("chip");
        steps.getChildren().add(chip);
    }
}
