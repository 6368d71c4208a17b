package phalanx.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.diagnose.Finding;
import phalanx.diagnose.RuleBook;
import phalanx.diagnose.Severity;
import phalanx.diagnose.UnusualStretch;
import phalanx.measure.Measures;
import phalanx.run.Problem;
import phalanx.stitch.Stitched;
import phalanx.topology.NetworkMap;

/** Makes the whole answer out of what the stages found. Any thread. */
public final class Explanations {
    private Explanations() {}

    /** @param problems about the input as a whole */
    public static Analysis analysis(
            Stitched stitched,
            Measures measures,
            NetworkMap map,
            RuleBook.Answers answers,
            Optional<List<UnusualStretch>> unusual,
            List<Problem> problems) {
        TemplateExplainer explainer = new TemplateExplainer();
        Map<Integer, List<ExplainedFinding>> byConversation = new HashMap<>();
        List<ExplainedFinding> findings = new ArrayList<>();
        for (Finding finding : answers.findings()) {
            ExplainedFinding told = explainer.explain("F" + (findings.size() + 1), finding, stitched);
            findings.add(told);
            finding.conversations()
                    .forEach(c -> byConversation
                            .computeIfAbsent(c, _ -> new ArrayList<>())
                            .add(told));
        }
        List<Analysis.NotRun> notRun = answers.notRun().stream()
                .map(rule -> new Analysis.NotRun(rule.rule(), rule.why()))
                .toList();
        int checked = answers.asked() - notRun.size();
        return new Analysis(
                stitched,
                measures,
                map,
                findings,
                byConversation,
                notRun,
                checked,
                unusual,
                problems,
                conclusion(findings, answers, checked, notRun.size(), stitched));
    }

    private static Analysis.Conclusion conclusion(
            List<ExplainedFinding> findings, RuleBook.Answers answers, int checked, int notRun, Stitched stitched) {
        if (stitched.journeys().size() == 0) {
            return new Analysis.Conclusion("No answer: the captures hold no IP packets between hosts.", "", null, 0);
        }
        for (ExplainedFinding told : findings) {
            if (told.finding().severity() != Severity.INFO) {
                return new Analysis.Conclusion(
                        told.summary(), "", told, told.finding().confidence());
            }
        }
        String facts =
                findings.isEmpty() ? "" : " " + count(findings.size(), "fact") + " about path and captures noted.";
        String unanswered = notRun == 0 ? "" : " " + count(notRun, "check") + " could not run.";
        String passed = answers.healthy().isEmpty() ? "" : "Passed: " + String.join(", ", answers.healthy()) + ".";
        return new Analysis.Conclusion(
                "No fault found by " + count(checked, "check") + "." + facts + unanswered,
                passed,
                null,
                notRun == 0 ? 0.9 : 0.6);
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
