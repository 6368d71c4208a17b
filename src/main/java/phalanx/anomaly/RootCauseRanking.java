package phalanx.anomaly;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.metrics.CallGraph;
import phalanx.metrics.MetricTable;
import phalanx.metrics.TimeSeries;

/**
 * Which service it began at, from metrics before and during the trouble. Without a call graph, the service whose metrics left
 * their normal range furthest. With one: only services that the one complained about depends on, in the same kind of metric as the
 * complaint, at the rows at which the complaint holds; a service whose callee is about as bad suffers from that callee. The
 * deviation is BARO's (Pham et al., FSE 2024: median and interquartile range), the descent that of MonitorRank and its kin.
 *
 * @param target the service complained about; null when the graph and the metrics tell of none
 * @param complaint what is wrong with it; null without a target
 * @param suspects most suspect first
 */
public record RootCauseRanking(
        @Nullable String target, @Nullable Indicator complaint, List<Suspect> suspects) {
    /** A callee that is this share as bad as its caller explains it. */
    private static final double ABOUT_AS_BAD = 0.5;
    /** Below this a service is within what is normal. */
    private static final double NORMAL = 1;

    public RootCauseRanking {
        suspects = List.copyOf(suspects);
    }

    /**
     * @param normal measures before it began, columns {@code service|metric}
     * @param judged measures while it lasts, the same columns; what is in one table only is left out
     * @param named the service that users complain of; null to take the one at the graph's entry that is worst
     */
    public static RootCauseRanking of(MetricTable normal, MetricTable judged, CallGraph graph, @Nullable String named) {
        Map<String, List<Deviation>> services = new LinkedHashMap<>();
        Map<String, TimeSeries> before = new HashMap<>();
        normal.columns().forEach(column -> before.put(column.name(), column));
        judged.columns()
                .forEach(column -> Optional.ofNullable(before.get(column.name()))
                        .flatMap(usual -> Deviation.of(usual, column))
                        .filter(deviation -> deviation.indicator() != Indicator.TRAFFIC)
                        .ifPresent(deviation -> services.computeIfAbsent(deviation.service(), _ -> new ArrayList<>())
                                .add(deviation)));
        String target = named == null ? entry(services, graph) : named;
        Optional<Deviation> complaint = services.getOrDefault(target, List.of()).stream()
                .filter(deviation -> deviation.indicator().isComplaint() && deviation.most() > 0)
                .max(Comparator.comparingDouble(Deviation::most));
        if (target == null || complaint.isEmpty()) {
            return new RootCauseRanking(null, null, byDeviation(services));
        }
        Indicator kind = complaint.get().indicator();
        return new RootCauseRanking(target, kind, byDependence(services, graph, target, kind));
    }

    /** The caller whom nobody calls that has most to complain of. */
    private static @Nullable String entry(Map<String, List<Deviation>> services, CallGraph graph) {
        return services.entrySet().stream()
                .filter(service -> graph.callers(service.getKey()).isEmpty()
                        && !graph.callees(service.getKey()).isEmpty())
                .max(Comparator.comparingDouble(service -> service.getValue().stream()
                        .filter(deviation -> deviation.indicator().isComplaint())
                        .mapToDouble(Deviation::most)
                        .max()
                        .orElse(0)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static List<Suspect> byDeviation(Map<String, List<Deviation>> services) {
        return services.values().stream()
                .map(metrics -> metrics.stream()
                        .max(Comparator.comparingDouble(Deviation::most))
                        .orElseThrow())
                .map(worst -> suspect(worst, worst.most(), null))
                .sorted(Comparator.comparingDouble(Suspect::score).reversed())
                .toList();
    }

    private static List<Suspect> byDependence(
            Map<String, List<Deviation>> services, CallGraph graph, String target, Indicator kind) {
        double[] suffering = worst(services.getOrDefault(target, List.of()), kind);
        Map<String, Suspect> suspects = new LinkedHashMap<>();
        for (String service : graph.knows(target) ? graph.reachable(target) : services.keySet()) {
            List<Deviation> same = services.getOrDefault(service, List.of()).stream()
                    .filter(deviation -> deviation.indicator() == kind)
                    .toList();
            same.stream()
                    .max(Comparator.comparingDouble(Deviation::most))
                    .ifPresent(speaker ->
                            suspects.put(service, suspect(speaker, together(worst(same, kind), suffering), null)));
        }
        return suspects.values().stream()
                .map(suspect -> suspect.because(explanation(suspect, graph, suspects)))
                .sorted(Comparator.comparingInt(RootCauseRanking::group)
                        .thenComparing(
                                Comparator.comparingDouble(Suspect::score).reversed()))
                .toList();
    }

    /** First who is bad by himself, then who suffers from another, then who is as usual. */
    private static int group(Suspect suspect) {
        if (suspect.score() < NORMAL) {
            return 2;
        }
        return suspect.because() == null ? 0 : 1;
    }

    /** Who explains what is wrong with the service; null when nobody does or nothing is wrong. */
    private static Suspect.@Nullable Explanation explanation(
            Suspect suspect, CallGraph graph, Map<String, Suspect> suspects) {
        if (suspect.score() < NORMAL) {
            return null;
        }
        Set<String> callees = graph.callees(suspect.service());
        Optional<Suspect> callee =
                worstOf(callees, suspects).filter(worst -> worst.score() >= ABOUT_AS_BAD * suspect.score());
        if (callee.isPresent()) {
            return new Suspect.Explanation.Callee(callee.get().service());
        }
        if (!callees.isEmpty()) {
            return null;
        }
        List<String> beside = graph.callers(suspect.service()).stream()
                .flatMap(caller -> graph.callees(caller).stream())
                .filter(other -> !other.equals(suspect.service())
                        && !graph.callees(other).isEmpty())
                .toList();
        return worstOf(beside, suspects)
                .<Suspect.Explanation>map(other -> new Suspect.Explanation.OnlySeenFromOutside(other.service()))
                .orElse(null);
    }

    private static Optional<Suspect> worstOf(Collection<String> services, Map<String, Suspect> suspects) {
        return services.stream()
                .map(suspects::get)
                .filter(Objects::nonNull)
                .filter(suspect -> suspect.score() >= NORMAL)
                .max(Comparator.comparingDouble(Suspect::score));
    }

    /** Row by row the worst of the metrics of a kind; 0 where nothing is worse than usual. */
    private static double[] worst(List<Deviation> metrics, Indicator kind) {
        double[] worst = new double[metrics.isEmpty() ? 0 : metrics.getFirst().worse().length];
        for (Deviation metric : metrics) {
            for (int row = 0; metric.indicator() == kind && row < worst.length; row++) {
                double worse = metric.worse()[row];
                worst[row] = Double.isNaN(worse) ? worst[row] : Math.max(worst[row], worse);
            }
        }
        return worst;
    }

    /** How bad a service is while the target suffers: its mean over the rows, each weighed by how bad the target is in it. */
    private static double together(double[] own, double[] suffering) {
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < suffering.length; row++) {
            sum += own[row] * suffering[row];
            weight += suffering[row];
        }
        return weight > 0 ? sum / weight : 0;
    }

    private static Suspect suspect(Deviation metric, double score, Suspect.@Nullable Explanation because) {
        int row = metric.worst();
        return new Suspect(
                metric.service(), metric.metric(), score, metric.usual(), metric.values()[row], row, because);
    }
}
