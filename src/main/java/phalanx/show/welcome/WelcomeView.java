package phalanx.show.welcome;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.Controls;
import phalanx.show.Words;
import phalanx.show.demo.Demo;

/** The desk before anything is open: open captures or a case, go on with what was open, or learn from a demo. Screen thread. */
public final class WelcomeView extends ScrollPane {
    private static final Words WORDS = Words.of("welcome");
    private static final int MOST_RECENT = 6;

    private final WelcomeActions actions;

    /** @param recent what was opened before, the newest first, as settings keep it */
    public WelcomeView(List<Demo> demos, List<List<String>> recent, WelcomeActions actions) {
        this.actions = actions;
        getStyleClass().add("welcome");
        getStylesheets().add(String.valueOf(WelcomeView.class.getResource("/show/welcome.css")));
        setFitToWidth(true);
        setAccessibleText(WORDS.get("name"));
        VBox content = new VBox(22, head(), first());
        content.getStyleClass().add("welcome-content");
        if (!recent.isEmpty()) {
            content.getChildren().add(recent(recent));
        }
        if (!demos.isEmpty()) {
            content.getChildren().add(demos(demos));
        }
        setContent(content);
    }

    private static HBox head() {
        FontIcon icon = new FontIcon("mdi2l-lan-connect");
        icon.getStyleClass().add("welcome-icon");
        Label title = new Label(WORDS.get("title"));
        title.getStyleClass().add("headline");
        Label how = wrapped(WORDS.get("how"));
        VBox words = new VBox(6, title, how);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(20, icon, words);
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private FlowPane first() {
        Button captures = Controls.button(WORDS.get("captures"), actions::openCaptures);
        captures.setDefaultButton(true);
        captures.setGraphic(new FontIcon("mdi2f-file-multiple-outline"));
        Button live = Controls.button(WORDS.get("capture"), actions::capture);
        live.setGraphic(new FontIcon("mdi2r-record-circle-outline"));
        Button kept = Controls.button(WORDS.get("case"), actions::openCase);
        kept.setGraphic(new FontIcon("mdi2f-folder-open-outline"));
        Button proxy = Controls.button(WORDS.get("proxy"), actions::proxyLab);
        proxy.setGraphic(new FontIcon("mdi2s-swap-horizontal"));
        return new FlowPane(10, 10, captures, live, kept, proxy);
    }

    private VBox recent(List<List<String>> recent) {
        VBox list = new VBox(2, title(WORDS.get("recent")));
        recent.stream().limit(MOST_RECENT).forEach(files -> {
            List<Path> paths = files.stream().map(Path::of).toList();
            RecentName name = RecentName.of(paths);
            Hyperlink link = new Hyperlink(name.title());
            link.setOnAction(_ -> actions.reopen(paths));
            link.setTooltip(new Tooltip(String.join("\n", files)));
            link.setMinWidth(Region.USE_PREF_SIZE);
            Label where = new Label(name.folder());
            where.getStyleClass().add("soft");
            where.setTooltip(new Tooltip(name.folder()));
            HBox line = new HBox(10, link, where);
            line.setAlignment(Pos.CENTER_LEFT);
            list.getChildren().add(line);
        });
        return list;
    }

    private VBox demos(List<Demo> demos) {
        FlowPane cards = new FlowPane(14, 14);
        demos.forEach(demo -> cards.getChildren().add(card(demo)));
        return new VBox(8, title(WORDS.get("demos")), wrapped(WORDS.get("demos.how"), "soft"), cards);
    }

    private VBox card(Demo demo) {
        Label title = wrapped(demo.script().title(), "strong");
        Label story = wrapped(demo.script().story());
        VBox.setVgrow(story, Priority.ALWAYS);
        story.setMaxHeight(Double.MAX_VALUE);
        story.setAlignment(Pos.TOP_LEFT);
        Button tour = start(demo, Demo.Mode.TOUR, WORDS.get("tour"));
        tour.getStyleClass().add("accent");
        HBox buttons = new HBox(
                6,
                tour,
                start(demo, Demo.Mode.QUIZ, WORDS.get("quiz")),
                start(demo, Demo.Mode.LOOK, WORDS.get("look")));
        VBox card = new VBox(8, title, story, buttons);
        card.getStyleClass().addAll("card", "demo-card");
        return card;
    }

    private Button start(Demo demo, Demo.Mode mode, String word) {
        Button button = Controls.button(word, () -> actions.start(new Demo.Start(demo, mode)));
        button.setAccessibleText(WORDS.get("start", word, demo.script().title()));
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private static Label title(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("welcome-title");
        return label;
    }

    private static Label wrapped(String text, String... styles) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
