package phalanx.agents.observe;

import java.util.HashMap;
import java.util.Map;
import phalanx.telemetry.LabelledSeries;

/** Figures of instances from their metrics, by the names of the semantic conventions (opentelemetry.io, "JVM metrics", "Database client metrics"). One thread. */
final class MetricFigures {
    /** Instances kept. */
    private static final int MOST = 1_000;

    private final Map<Subject, Instance> instances = new HashMap<>();

    /** The last points of one instance. */
    private static final class Instance {
        private final Map<String, Double> values = new HashMap<>();
        private final Map<String, Long> times = new HashMap<>();
        /** Of each thing that only grows; a measure may be the sum of several. */
        private final Map<Measure, Map<String, Double>> rates = new HashMap<>();

        private long heard;

        double value(String name) {
            return values.getOrDefault(name, Double.NaN);
        }

        /** Something that only grows: what it grew by in a second. */
        void grows(Measure measure, String name, double value, long nanos, double per) {
            Double before = values.put(name, value);
            Long since = times.put(name, nanos);
            if (before != null && since != null && nanos > since && value >= before) {
                rates.computeIfAbsent(measure, _ -> new HashMap<>())
                        .put(name, per * (value - before) / ((nanos - since) / 1e9));
            }
        }
    }

    /** Takes points. @param second at which they came */
    void add(LabelledSeries series, long second) {
        String service = series.labels().getOrDefault("service.name", "");
        String name = series.labels().getOrDefault("service.instance.id", "");
        int last = series.points().size() - 1;
        if (service.isEmpty() || name.isEmpty() || last < 0) {
            return;
        }
        Subject subject = Subject.instance(name, service);
        if (!instances.containsKey(subject) && instances.size() >= MOST) {
            return;
        }
        Instance instance = instances.computeIfAbsent(subject, _ -> new Instance());
        instance.heard = second;
        double value = series.points().values()[last];
        long nanos = series.points().nanos()[last];
        switch (series.points().name()) {
            case "db.client.connection.count" ->
                instance.values.put("pool." + series.labels().getOrDefault("db.client.connection.state", ""), value);
            case "db.client.connection.max" -> instance.values.put("pool.max", value);
            case "db.client.connection.pending_requests" -> instance.values.put("pool.waiting", value);
            case "db.client.connection.wait_time_sum" ->
                instance.grows(Measure.POOL_WAIT, "pool.wait", value, nanos, 1000);
            case "jvm.gc.duration_sum" ->
                instance.grows(Measure.GC, "gc " + series.labels().getOrDefault("jvm.gc.name", ""), value, nanos, 1);
            case "jvm.cpu.recent_utilization" -> instance.values.put("cpu", value);
            case "jvm.memory.used_after_last_gc" -> heap(instance, series, "used", value);
            case "jvm.memory.limit" -> heap(instance, series, "limit", value);
            default -> {
                // of no use here
            }
        }
    }

    private static void heap(Instance instance, LabelledSeries series, String what, double value) {
        if (series.labels().getOrDefault("jvm.memory.type", "").equals("heap")) {
            instance.values.put("heap." + what + " " + series.labels().getOrDefault("jvm.memory.pool.name", ""), value);
        }
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures) {
        instances.values().removeIf(instance -> instance.heard < second - 120);
        instances.forEach((subject, instance) -> {
            Map<Measure, Double> into = figures.computeIfAbsent(subject, _ -> new HashMap<>());
            into.put(Measure.SILENCE, (double) (second - instance.heard));
            put(into, Measure.POOL_USED, instance.value("pool.used") / instance.value("pool.max"));
            put(into, Measure.POOL_WAITING, instance.value("pool.waiting"));
            put(into, Measure.CPU, instance.value("cpu"));
            put(into, Measure.HEAP, heap(instance));
            instance.rates.forEach((measure, rates) -> put(
                    into,
                    measure,
                    rates.values().stream().mapToDouble(Double::doubleValue).sum()));
        });
    }

    /** The pool that is fullest after its last collection: where what lives long stays. */
    private static double heap(Instance instance) {
        double fullest = Double.NaN;
        for (Map.Entry<String, Double> one : instance.values.entrySet()) {
            if (one.getKey().startsWith("heap.used ")) {
                double share = one.getValue()
                        / instance.value("heap.limit " + one.getKey().substring(10));
                fullest = Double.isNaN(fullest) || share > fullest ? share : fullest;
            }
        }
        return fullest;
    }

    private static void put(Map<Measure, Double> into, Measure measure, double value) {
        if (Double.isFinite(value)) {
            into.put(measure, value);
        }
    }
}
