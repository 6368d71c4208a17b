package phalanx.show.shell;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.show.Words;
import phalanx.show.demo.Demo;
import phalanx.show.demo.DemoBanner;
import phalanx.show.demo.QuizResultFile;
import phalanx.show.demo.QuizView;
import phalanx.show.demo.QuizViewModel;
import phalanx.show.demo.TourOverlay;
import phalanx.show.demo.TourViewModel;
import phalanx.show.demo.TourViews;
import phalanx.show.demo.Withheld;
import phalanx.show.dock.DockPlace;
import phalanx.show.dock.DockedView;

/** Demos on the desk: tours over it, and quizzes that withhold the answer. Screen thread. */
final class DeskDemos {
    private static final Words WORDS = Words.of("shell");

    private final Desk desk;
    private final List<Demo> all;
    private Demo.@Nullable Start running;
    private @Nullable TourOverlay tour;

    DeskDemos(Desk desk, List<Path> samples) {
        this.desk = desk;
        all = Demo.among(samples, Words.locale());
    }

    /** Those whose captures are there. */
    List<Demo> all() {
        return all;
    }

    /** Opens a demo. */
    void start(Demo.Start start) {
        running = start;
        desk.openFor(List.of(start.demo().folder()));
    }

    /** The case is left, or something else is opened. */
    void leave() {
        running = null;
        tour = null;
    }

    /** What is shown of an answer: all of it but in a quiz. */
    Analysis shown(Analysis whole) {
        return isQuiz() ? Withheld.of(whole) : whole;
    }

    private boolean isQuiz() {
        return running != null && running.mode() == Demo.Mode.QUIZ;
    }

    /** Brings to the front what is to be looked at first: the step of a tour, else the ladder. */
    void front(Investigation made) {
        if (tour == null) {
            made.docks().show("ladder");
        } else {
            tour.show();
        }
    }

    /** The view that asks the trainee, in a quiz. */
    Optional<DockedView> quiz(Analysis whole) {
        Demo.Start start = running;
        return start == null || start.mode() != Demo.Mode.QUIZ
                ? Optional.empty()
                : Optional.of(new DockedView(
                        "quiz",
                        WORDS.get("view.quiz"),
                        "mdi2s-school-outline",
                        DockPlace.RIGHT,
                        () -> new QuizView(
                                new QuizViewModel(start.demo().script(), whole, Clock.systemUTC()),
                                new QuizResultFile(desk.model().jobs()),
                                desk.files(),
                                () -> start(new Demo.Start(start.demo(), Demo.Mode.LOOK)))));
    }

    /** The investigation with the demo's banner over it, and its tour. */
    Node around(Investigation made) {
        Demo.Start start = running;
        tour = null;
        if (start == null) {
            return made;
        }
        BorderPane framed = new BorderPane(made);
        framed.setTop(new DemoBanner(start, mode -> start(new Demo.Start(start.demo(), mode)), desk::leaveCase));
        if (start.mode() != Demo.Mode.TOUR) {
            return framed;
        }
        TourViewModel steps = new TourViewModel(
                start.demo().script(), made.selection(), made.context().shown());
        TourOverlay over = new TourOverlay(steps, views(made));
        tour = over;
        return new StackPane(framed, over);
    }

    private TourViews views(Investigation made) {
        return new TourViews() {
            @Override
            public void show(String view) {
                if (view.equals("omnibox")) {
                    desk.omnibox().focus("");
                } else {
                    made.docks().show(view);
                }
            }

            @Override
            public Optional<Node> node(String view) {
                return view.equals("omnibox")
                        ? Optional.of(desk.omnibox())
                        : made.docks().made(view).map(shown -> shown.node());
            }
        };
    }
}
