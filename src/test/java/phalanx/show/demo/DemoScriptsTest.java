package phalanx.show.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
