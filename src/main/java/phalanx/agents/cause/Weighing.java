package phalanx.agents.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;

/**
 * Weighs what speaks for a cause at a place, as the logarithm of the odds: each fact adds its weight in the measure that it holds, and what
 * was not measured adds nothing and is noted as missing. One thread, one judgement.
 */
public final class Weighing {
    private final Cause cause;
    private final Subject place;
    private final Observation observation;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Measure> missing = new ArrayList<>();
    private double odds;

    /** @param prior logarithm of the odds before anything is looked at */
    Weighing(Cause cause, Subject place, Observation observation, double prior) {
        this.cause = cause;
        this.place = place;
        this.observation = observation;
        this.odds = prior;
    }

    /** What is weighed. */
    public Cause cause() {
        return cause;
    }

    /** Where it would be. */
    public Subject place() {
        return place;
    }

    /** Adds the weight as the value goes from one bound to the other; bounds may fall. */
    Weighing now(Subject subject, Measure measure, double none, double all, double weight) {
        return observation
                .figure(subject, measure)
                .map(figure -> add(subject, measure, figure, weight * share(figure.now(), none, all)))
                .orElseGet(() -> missing(measure));
    }

    /** Adds the weight as far as the packet analysis is sure of it; where it says nothing, nothing is missing. */
    Weighing found(Subject subject, Measure measure, double weight) {
        return observation
                .figure(subject, measure)
                .map(figure -> add(subject, measure, figure, weight * share(figure.now(), 0.4, 0.9)))
                .orElse(this);
    }

    /** Adds the weight as the value rises to so many times what is usual, and at least to so many spreads above it. */
    Weighing rises(Subject subject, Measure measure, double times, double weight) {
        return observation
                .figure(subject, measure)
                .filter(figure -> !Double.isNaN(figure.usual()))
                .map(figure -> add(subject, measure, figure, weight * grown(figure, measure, times)))
                .orElseGet(() -> missing(measure));
    }

    /** Adds the weight as one of two values rises. */
    Weighing risesEither(Subject subject, Measure one, Measure other, double times, double weight) {
        Measure more = grown(subject, one, times) >= grown(subject, other, times) ? one : other;
        return rises(subject, more, times, weight);
    }

    private double grown(Subject subject, Measure measure, double times) {
        return observation
                .figure(subject, measure)
                .map(figure -> grown(figure, measure, times))
                .orElse(0.0);
    }

    /** How far a value has risen to so many times what is usual, 0..1; 0 where nothing is usual yet. */
    static double grown(Figure figure, Measure measure, double times) {
        double usual = Math.max(figure.usual(), measure.noise());
        return Double.isNaN(usual)
                ? 0
                : Math.min(share(figure.now() / usual, 1 + (times - 1) / 3, times), share(figure.deviation(), 2, 5));
    }

    /** Adds the weight where the value of one is so much above that of the others of its kind. */
    Weighing above(Subject subject, Measure measure, double others, double none, double all, double weight) {
        return observation
                .figure(subject, measure)
                .map(figure -> add(subject, measure, figure, weight * share(figure.now() - others, none, all)))
                .orElseGet(() -> missing(measure));
    }

    /** Adds a weight for what is no figure. */
    Weighing plus(double weight) {
        odds += weight;
        return this;
    }

    private Weighing missing(Measure measure) {
        missing.add(measure);
        return this;
    }

    private Weighing add(Subject subject, Measure measure, Figure figure, double weight) {
        odds += weight;
        if (Math.abs(weight) > 0.1) {
            evidence.add(new Evidence(
                    subject,
                    measure,
                    figure,
                    weight,
                    observation.proof(subject, measure).orElse(null)));
        }
        return this;
    }

    /** Where a value lies between two bounds, 0..1. */
    static double share(double value, double none, double all) {
        return Math.clamp((value - none) / (all - none), 0.0, 1.0);
    }

    /** Whether anything speaks for it at all. What does not takes no confidence from the others, however many such places there are. */
    public boolean hasSupport() {
        return evidence.stream().anyMatch(one -> one.weight() > 0);
    }

    /** Logarithm of the odds. */
    public double odds() {
        return odds;
    }

    /** As a hypothesis with a confidence that was worked out elsewhere. */
    public Hypothesis hypothesis(double confidence) {
        List<Evidence> sorted = evidence.stream()
                .sorted(Comparator.comparingDouble((Evidence one) -> -Math.abs(one.weight())))
                .toList();
        return new Hypothesis(
                cause, place, confidence, sorted, missing.stream().distinct().toList());
    }
}
