package phalanx.show.demo;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import phalanx.casefile.DemoScript;
import phalanx.show.Controls;
import phalanx.show.Words;

/** Says at the top of the window that what is open is a demo and no real network. Screen thread. */
public final class DemoBanner extends HBox {
    private static final Words WORDS = Words.of("demo");

    /**
     * @param start what is open; the title of a quiz would give its answer away
     * @param again starts the same demo in that mode
     * @param close closes the demo
     */
    public DemoBanner(Demo.Start start, Consumer<Demo.Mode> again, Runnable close) {
        super(10);
        getStyleClass().add("demo-banner");
        getStylesheets().add(String.valueOf(DemoBanner.class.getResource("/show/demo.css")));
        setAlignment(Pos.CENTER_LEFT);
        Label word = new Label(WORDS.get("banner"));
        word.getStyleClass().add("demo-word");
        word.setMinWidth(Region.USE_PREF_SIZE);
        DemoScript script = start.demo().script();
        Label title = new Label(start.mode() == Demo.Mode.QUIZ ? WORDS.get("quiz") : script.title());
        title.getStyleClass().add("strong");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Label story = new Label(script.story());
        story.getStyleClass().add("soft");
        story.setMinWidth(0);
        story.setTooltip(new Tooltip(story.getText()));
        story.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(story, Priority.ALWAYS);
        Button tour = Controls.button(WORDS.get("tour"), () -> again.accept(Demo.Mode.TOUR));
        Button quiz = Controls.button(WORDS.get("quiz"), () -> again.accept(Demo.Mode.QUIZ));
        Button leave = Controls.icon("mdi2c-close", WORDS.get("close"), close);
        tour.setMinWidth(Region.USE_PREF_SIZE);
        quiz.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(word, title, story, tour, quiz, leave);
    }
}
