package phalanx.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Rule;
import phalanx.diagnose.RuleBook;
import phalanx.diagnose.Severity;
import phalanx.diagnose.UnusualStretch;
import phalanx.measure.Measures;
import phalanx.run.Problem;
import phalanx.stitch.Stitched;
import phalanx.topology.NetworkMap;

/** Makes the whole answer out of what the stages found, and tells it in another language. Any thread. */
public final class Explanations {
    private Explanations() {}

    /** The answer in English. @param problems about the input as a whole */
    public static Analysis analysis(
            Stitched stitched,
            Measures measures,
            NetworkMap map,
            RuleBook.Answers answers,
            Optional<List<UnusualStretch>> unusual,
            List<Problem> problems) {
        List<Analysis.NotRun> notRun = answers.notRun().stream()
                .map(rule -> new Analysis.NotRun(rule.rule(), rule.why(), settle(rule.lacks())))
                .toList();
        int checked = answers.asked() - notRun.size();
        List<ExplainedFinding> findings = explained(answers.findings(), stitched, Language.ENGLISH);
        return new Analysis(
                stitched,
                measures,
                map,
                findings,
                byConversation(findings),
                notRun,
                answers.healthy(),
                checked,
                unusual,
                problems,
                conclusion(findings, answers.healthy(), checked, notRun.size(), stitched, Language.ENGLISH));
    }

    /** The same answer with its findings and its conclusion told in a language; figures, proof and order stay. */
    public static Analysis in(Language language, Analysis analysis) {
        Stitched stitched = analysis.stitched();
        List<ExplainedFinding> findings = explained(
                analysis.findings().stream().map(ExplainedFinding::finding).toList(), stitched, language);
        return new Analysis(
                stitched,
                analysis.measures(),
                analysis.map(),
                findings,
                byConversation(findings),
                analysis.notRun(),
                analysis.passed(),
                analysis.checked(),
                analysis.unusual(),
                analysis.problems(),
                conclusion(
                        findings,
                        analysis.passed(),
                        analysis.checked(),
                        analysis.notRun().size(),
                        stitched,
                        language));
    }

    private static List<ExplainedFinding> explained(List<Finding> findings, Stitched stitched, Language language) {
        TemplateExplainer explainer = new TemplateExplainer(language);
        List<ExplainedFinding> told = new ArrayList<>();
        for (Finding finding : findings) {
            told.add(explainer.explain("F" + (told.size() + 1), finding, stitched));
        }
        return told;
    }

    private static Map<Integer, List<ExplainedFinding>> byConversation(List<ExplainedFinding> findings) {
        Map<Integer, List<ExplainedFinding>> byConversation = new HashMap<>();
        for (ExplainedFinding told : findings) {
            told.finding()
                    .conversations()
                    .forEach(c -> byConversation
                            .computeIfAbsent(c, _ -> new ArrayList<>())
                            .add(told));
        }
        return byConversation;
    }

    private static String settle(Rule.@Nullable Needs lacks) {
        return switch (lacks) {
            case null -> "";
            case PACKETS -> "a capture with IP packets in it";
            case TWO_POINTS -> "a capture from a second point of the same path, made at the same time";
            case ROUND_TRIPS -> "captures that see both directions at both points";
        };
    }

    private static Analysis.Conclusion conclusion(
            List<ExplainedFinding> findings,
            List<String> passed,
            int checked,
            int notRun,
            Stitched stitched,
            Language language) {
        if (stitched.journeys().size() == 0) {
            return new Analysis.Conclusion(language.told("conclusion.no-packets"), "", null, 0);
        }
        for (ExplainedFinding told : findings) {
            if (told.finding().severity() != Severity.INFO) {
                return new Analysis.Conclusion(
                        told.summary(), "", told, told.finding().confidence());
            }
        }
        String facts = findings.isEmpty() ? "" : " " + language.told("conclusion.facts", findings.size());
        String unanswered = notRun == 0 ? "" : " " + language.told("conclusion.not-run", notRun);
        return new Analysis.Conclusion(
                language.told("conclusion.no-fault", checked) + facts + unanswered,
                passed.isEmpty() ? "" : language.told("conclusion.passed", String.join(", ", passed)),
                null,
                notRun == 0 ? 0.9 : 0.6);
    }
}
