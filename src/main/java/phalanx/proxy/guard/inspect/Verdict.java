package phalanx.proxy.guard.inspect;

import java.util.List;

/** What the guard says of a request, for the request log. Any thread. */
final class Verdict {
    /** Behind so much the rest is named by rule and place alone: an exclusion needs all rules. */
    private static final int LONGEST = 150;

    private Verdict() {}

    /** {@code refused, score 10: sqli-union at query q: union select}. @param unseen what was not looked at, empty for nothing */
    static String text(String what, Inspector inspector, String unseen) {
        StringBuilder text = new StringBuilder(what);
        if (!unseen.isEmpty()) {
            text.append(", ").append(unseen);
        }
        if (inspector.score() == 0) {
            return text.toString();
        }
        text.append(", score ").append(inspector.score()).append(inspector.settled() ? " or more: " : ": ");
        List<Finding> findings = inspector.findings();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            text.append(i == 0 ? "" : "; ").append(text.length() < LONGEST ? finding.toString() : finding.brief());
        }
        return text.toString();
    }
}
