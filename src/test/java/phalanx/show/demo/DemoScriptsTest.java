package phalanx.show.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import phalanx.app.TestPipeline;
import phalanx.casefile.DemoScript;
import phalanx.casefile.DemoScripts;
import phalanx.explain.Analysis;

/** The scripts of the demos are acceptance tests: what they say is true is what the analysis says. */
class DemoScriptsTest {
    private static final Set<String> VIEWS =
            Set.of("captures", "map", "ladder", "charts", "conversations", "cause", "packets", "packet", "omnibox");

    private static Analysis analysis(DemoScript script) {
        return TestPipeline.analyze(TestPipeline.sample(script.samples()));
    }

    @TestFactory
    Stream<DynamicTest> the_verdict_is_the_truth_of_the_script_and_the_quiz_knows_it() {
        return DemoScripts.all(Locale.ENGLISH).stream()
                .map(script -> DynamicTest.dynamicTest(script.id(), () -> {
                    Analysis analysis = analysis(script);
                    assertEquals(script.truth(), TruthCheck.verdict(analysis));
                    Quiz quiz = Quiz.of(script, analysis);
                    assertEquals(new Quiz.Score(true, true), quiz.score(quiz.truePlace(), quiz.trueCause()));
                    quiz.places().stream()
                            .filter(place -> !place.equals(quiz.truePlace()))
                            .forEach(place -> assertEquals(
                                    1, quiz.score(place, quiz.trueCause()).points(), place.text()));
                    quiz.causes().stream()
                            .filter(cause -> !cause.equals(quiz.trueCause()))
                            .forEach(cause -> assertEquals(
                                    1, quiz.score(quiz.truePlace(), cause).points(), cause.text()));
                }));
    }

    @Test
    void every_demo_is_told_in_German_too_with_the_same_truth() {
        List<String> wrong = new ArrayList<>();
        for (DemoScript english : DemoScripts.all(Locale.ENGLISH)) {
            DemoScript german = DemoScripts.find(english.id(), Locale.GERMAN).orElseThrow();
            assertEquals(english.truth(), german.truth(), english.id());
            assertEquals(english.samples(), german.samples());
            assertEquals(
                    english.steps().stream()
                            .map(step -> step.view() + " " + step.until())
                            .toList(),
                    german.steps().stream()
                            .map(step -> step.view() + " " + step.until())
                            .toList(),
                    english.id());
            assertEquals(
                    english.causes().stream().map(DemoScript.Cause::kind).toList(),
                    german.causes().stream().map(DemoScript.Cause::kind).toList(),
                    english.id());
            Set<String> said = new HashSet<>(texts(english));
            texts(german).stream().filter(said::contains).forEach(text -> wrong.add(english.id() + ": " + text));
            for (int i = 0; i < english.steps().size(); i++) {
                TERM.matcher(english.steps().get(i).text())
                        .results()
                        .map(MatchResult::group)
                        .filter(term -> !said(german, term))
                        .forEach(term -> wrong.add(english.id() + " does not say " + term));
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Names of capture points, filters and figures, which are the same in all languages. */
    private static final Pattern TERM =
            Pattern.compile("[a-z]+(?:-[a-z]+)*-(?:router|balancer|a|b)\\b|[a-z]+\\.[a-z._]+|\\b\\d+ m?s\\b");

    private static boolean said(DemoScript script, String term) {
        return script.steps().stream().anyMatch(step -> step.text().contains(term));
    }

    private static List<String> texts(DemoScript script) {
        List<String> texts = new ArrayList<>(List.of(script.title(), script.story(), script.lesson()));
        script.steps().forEach(step -> texts.add(step.text()));
        script.causes().forEach(cause -> texts.add(cause.text()));
        return texts;
    }

    @Test
    void a_quiz_gives_nothing_away() {
        DemoScript script = DemoScripts.find("loss-on-wan-link", Locale.ENGLISH).orElseThrow();
        Analysis whole = analysis(script);
        Analysis withheld = Withheld.of(whole);
        assertEquals(List.of(), withheld.findings());
        assertTrue(withheld.byConversation().isEmpty());
        assertEquals(null, withheld.conclusion().finding());
        assertEquals(whole.stitched(), withheld.stitched());
        assertTrue(
                !withheld.conclusion().summary().contains("lost"),
                withheld.conclusion().summary());
    }

    @Test
    void every_step_has_a_view_of_the_desk_and_every_demo_its_captures() {
        List<DemoScript> scripts = DemoScripts.all(Locale.ENGLISH);
        assertTrue(scripts.size() >= 8);
        for (DemoScript script : scripts) {
            assertTrue(script.steps().size() >= 3, script.id());
            assertTrue(script.causes().size() >= 4, script.id());
            script.steps().forEach(step -> assertTrue(VIEWS.contains(step.view()), script.id() + " " + step.view()));
        }
        List<Path> samples = scripts.stream()
                .map(script -> Path.of("sample-pcaps", script.samples()))
                .toList();
        assertEquals(scripts.size(), Demo.among(samples, Locale.ENGLISH).size());
        assertEquals(List.of(), Demo.among(List.of(), Locale.ENGLISH));
        assertTrue(Demo.find("no-such-demo", samples, Locale.ENGLISH).isEmpty());
    }
}
