package phalanx.show.shell;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.show.omnibox.OmniboxViewModel;

/**
 * Says what happened to who may not see it: the end of long work, an answer and what is new in it, how many a filter leaves over, what
 * is selected. All of it goes through one label of the bottom line, for the toolkit has no live regions: screen readers are told that
 * its text is another one. Politely: not before there was nothing new for a moment, one after the other, of each matter only the
 * last. Screen thread.
 */
final class Announcements {
    /** What something is said of; what comes first is said first. */
    enum About {
        WORK,
        ANSWER,
        FILTER,
        SELECTION
    }

    private static final Words WORDS = Words.of("shell");
    private static final Duration MOMENT = Duration.millis(400);
    private static final double WIDTH = 420;

    private final Label said = new Label();
    private final Map<About, String> waiting = new EnumMap<>(About.class);
    private final PauseTransition moment = new PauseTransition(MOMENT);

    Announcements() {
        said.setMaxWidth(WIDTH);
        said.setMinWidth(0);
        said.setMaxHeight(Double.MAX_VALUE); // in the middle of the line
        said.getStyleClass().add("said");
        moment.setOnFinished(_ -> next());
    }

    /** Shows what was said last, and lets it be heard. */
    Node node() {
        return said;
    }

    /** Says something soon. */
    void say(About about, String text) {
        if (!text.isBlank()) {
            waiting.put(about, text);
            moment.playFromStart();
        }
    }

    private void next() {
        About about = waiting.keySet().iterator().next();
        String text = waiting.remove(about);
        said.setText(text);
        said.setTooltip(new Tooltip(text));
        if (!waiting.isEmpty()) {
            moment.playFromStart();
        }
    }

    /** Says from now on what filters leave over, what the proxy does and what could not be opened. */
    void follow(Desk desk) {
        desk.omniboxModel().state().subscribe(state -> {
            if (state instanceof OmniboxViewModel.State.Applied(var message)) {
                say(About.FILTER, message);
            }
        });
        desk.omniboxModel().shown().subscribe((before, now) -> {
            if (!before.isAll() && now.isAll()) {
                say(About.FILTER, WORDS.get("news.unfiltered"));
            }
        });
        desk.console().message().subscribe((_, message) -> say(About.WORK, message));
        desk.model().state().subscribe(state -> {
            switch (state) {
                case DeskViewModel.State.Failed(var _, var problem) ->
                    say(About.WORK, Told.problem(problem).what());
                case DeskViewModel.State.Answered _ -> {}
                case DeskViewModel.State.Welcome _, DeskViewModel.State.Loading _ -> forget();
            }
        });
    }

    /** What was said of other captures is past, and may give a quiz away. */
    private void forget() {
        moment.stop();
        waiting.clear();
        said.setText("");
        said.setTooltip(null);
    }

    /**
     * Says that captures were analysed: the verdict, or what kinds of finding came in since the answer before.
     *
     * @param again one of many answers to captures under way, of which only what is new is told
     */
    void answered(Analysis now, @Nullable Analysis before, boolean again) {
        if (!again) {
            say(About.WORK, WORDS.get("news.analysed"));
        }
        Set<String> known = before == null ? Set.of() : kinds(before);
        List<ExplainedFinding> fresh = now.findings().stream()
                .filter(told -> !known.contains(told.finding().kind()))
                .toList();
        if (again && fresh.isEmpty()) {
            return;
        }
        say(
                About.ANSWER,
                before == null || fresh.isEmpty()
                        ? now.conclusion().summary()
                        : WORDS.get("news.findings", fresh.size(), named(fresh)));
    }

    private static Set<String> kinds(Analysis of) {
        return of.findings().stream().map(told -> told.finding().kind()).collect(Collectors.toSet());
    }

    private static String named(List<ExplainedFinding> findings) {
        return findings.stream()
                .map(told ->
                        told.id() + " " + Words.language().kind(told.finding().kind()))
                .collect(Collectors.joining(", "));
    }
}
