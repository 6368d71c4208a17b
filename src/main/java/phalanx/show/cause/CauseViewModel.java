package phalanx.show.cause;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import phalanx.diagnose.Severity;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;
import phalanx.show.ViewContext;

/** Which findings are told, which of their packets is looked at, and which were dismissed. Screen thread. */
final class CauseViewModel {
    /** Cards at a time; more than anyone reads would only slow the desk. */
    static final int CARDS = 40;

    /**
     * What the panel tells now. Immutable.
     *
     * @param findings those with a card, most important first
     * @param concerned how many concern what is selected, of whatever severity
     * @param more how many could have a card besides
     * @param bySeverity how many of those that concern what is selected
     * @param dismissals by finding id
     */
    record Told(
            Scope scope,
            List<ExplainedFinding> findings,
            int concerned,
            int more,
            Map<Severity, Integer> bySeverity,
            Map<String, Dismissal> dismissals) {}

    private final Analysis analysis;
    private final Selection selection;
    private final Set<Severity> severities = EnumSet.allOf(Severity.class);
    private final Map<String, Dismissal> dismissals = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<List<Dismissal>> dismissed = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Told> told;
    private final Runnable proof;
    private int most = CARDS;

    CauseViewModel(ViewContext context) {
        analysis = context.analysis();
        selection = context.selection();
        proof = context.proof();
        told = new ReadOnlyObjectWrapper<>(tell());
        selection.state().subscribe(_ -> told.set(tell()));
    }

    ReadOnlyObjectProperty<Told> told() {
        return told.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<Dismissal>> dismissed() {
        return dismissed.getReadOnlyProperty();
    }

    Analysis analysis() {
        return analysis;
    }

    Selection selection() {
        return selection;
    }

    private Told tell() {
        Scope scope = new Scope(analysis, selection.now());
        List<ExplainedFinding> shown = new ArrayList<>();
        Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
        ExplainedFinding selected = selection.now().finding();
        int concerned = 0;
        int more = 0;
        for (ExplainedFinding each : analysis.findings()) {
            if (!scope.holds(each)) {
                continue;
            }
            concerned++;
            bySeverity.merge(each.finding().severity(), 1, Integer::sum);
            boolean isSelected = selected != null && selected.id().equals(each.id());
            if (isSelected || severities.contains(each.finding().severity()) && shown.size() < most) {
                shown.add(each);
            } else if (severities.contains(each.finding().severity())) {
                more++;
            }
        }
        return new Told(scope, shown, concerned, more, bySeverity, Map.copyOf(dismissals));
    }

    /** Tells of findings of that severity or no longer. */
    void severity(Severity severity, boolean wanted) {
        if (wanted) {
            severities.add(severity);
        } else {
            severities.remove(severity);
        }
        told.set(tell());
    }

    void more() {
        most += CARDS;
        told.set(tell());
    }

    /** Widens the selection until all findings are of concern. */
    void everything() {
        selection.clear();
    }

    void dismiss(Dismissal dismissal) {
        dismissals.put(dismissal.finding(), dismissal);
        changed();
    }

    void undismiss(String finding) {
        dismissals.remove(finding);
        changed();
    }

    /** Takes over what was dismissed before; findings that are not in this analysis are kept but not seen. */
    void restore(List<Dismissal> before) {
        dismissals.clear();
        before.forEach(each -> dismissals.put(each.finding(), each));
        changed();
    }

    private void changed() {
        dismissed.set(List.copyOf(dismissals.values()));
        told.set(tell());
    }

    /** Shows a finding with the first packet that proves it. */
    void prove(ExplainedFinding finding) {
        selection.finding(finding);
    }

    /** The same with a view of packets in front. */
    void showProof(ExplainedFinding finding) {
        prove(finding);
        proof.run();
    }

    /** Shows the next packet that proves a finding, or the one before with a negative step; round at the ends. */
    void step(ExplainedFinding finding, int step) {
        ProofSteps steps = new ProofSteps(finding.finding().evidence());
        int at = proof(finding);
        if (at < 0) {
            prove(finding);
            if (proof(finding) >= 0) {
                return;
            }
            at = step > 0 ? -1 : 0;
        }
        show(steps.get(Math.floorMod(at + step, steps.size())));
    }

    /** Shows the first packet of one piece of evidence. */
    void show(ExplainedFinding finding, int evidence) {
        if (!isSelected(finding)) {
            prove(finding);
        }
        show(new ProofSteps(finding.finding().evidence().subList(evidence, evidence + 1)).get(0));
    }

    private void show(ProofSteps.Step step) {
        selection.frame(step.capture(), step.frame());
    }

    private boolean isSelected(ExplainedFinding finding) {
        ExplainedFinding now = selection.now().finding();
        return now != null && now.id().equals(finding.id());
    }

    /** Which of its packets is selected, -1 when none is. */
    int proof(ExplainedFinding finding) {
        Selection.Packet packet = selection.now().packet();
        return packet == null || !isSelected(finding)
                ? -1
                : new ProofSteps(finding.finding().evidence()).indexOf(packet.capture(), packet.frame());
    }
}
