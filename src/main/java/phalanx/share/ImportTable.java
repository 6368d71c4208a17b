package phalanx.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.Timeline;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.stitch.Conversation;
import phalanx.telemetry.Event;
import phalanx.telemetry.ServiceName;
import phalanx.telemetry.Telemetry;

/**
 * What other tools recorded, as tables of plain text that each format writes in its own way.
 *
 * @param figures columns from this one on hold numbers
 * @param remark empty for none
 */
record ImportTable(String title, List<String> head, int figures, List<List<String>> rows, String remark) {
    /** How the begin of a finding stands out between what else happened. */
    static final String BEGIN = ">> ";

    private static final int MOST_SERIES = 20, MOST_NAMES = 40;

    static List<ImportTable> of(CaseAccount account) {
        List<ImportTable> tables = new ArrayList<>();
        if (!account.imported().files().isEmpty()) {
            timeline(account, tables);
            series(account, tables);
            names(account, tables);
            tables.add(files(account.imported()));
        }
        return tables;
    }

    private static void timeline(CaseAccount account, List<ImportTable> into) {
        Timeline timeline = Timeline.of(account);
        List<List<String>> rows = new ArrayList<>();
        for (Timeline.Row row : timeline.rows()) {
            String when = FactFormat.time(row.nanos());
            Event event = row.event();
            ExplainedFinding told = row.finding();
            if (told != null) {
                rows.add(List.of(when, BEGIN + told.id() + " begins", "", told.summary()));
            } else if (event != null) {
                String about = place(event, account.imported())
                        + (row.conversation() >= 0 ? ", conversation " + row.conversation() : "");
                rows.add(List.of(when, event.source().word() + " " + event.kind(), about, event.text()));
            }
        }
        String remark = (timeline.leftOut() > 0
                        ? FactFormat.count(timeline.leftOut()) + " more lie further from the begin of the trouble. "
                        : "")
                + (timeline.elsewhere() > 0
                        ? FactFormat.count(timeline.elsewhere()) + " are of hosts that the captures do not show."
                        : "");
        if (!rows.isEmpty() || !remark.isEmpty()) {
            into.add(new ImportTable(
                    "Meanwhile, by other tools", List.of("When", "Said by", "Where", "What"), 4, rows, remark.strip()));
        }
    }

    private static String place(Event event, Telemetry imported) {
        Endpoint from = event.from();
        Endpoint to = event.to();
        return from == null && to == null
                ? event.service()
                : (from == null ? "" : endpoint(from, imported)) + (to == null ? "" : " > " + endpoint(to, imported));
    }

    /** An endpoint with the name that its address has. */
    static String endpoint(Endpoint endpoint, Telemetry imported) {
        return endpoint
                + imported.nameOf(endpoint.address())
                        .map(name -> " (" + name.shown() + ")")
                        .orElse("");
    }

    private static void series(CaseAccount account, List<ImportTable> into) {
        @Nullable ExplainedFinding root = account.analysis().conclusion().finding();
        List<SeriesChange> changes = account.imported().series().stream()
                .map(one -> SeriesChange.of(
                        one, root == null ? Long.MAX_VALUE : root.finding().startNanos()))
                .sorted(Comparator.comparingDouble(SeriesChange::size).reversed())
                .toList();
        List<List<String>> rows = changes.stream()
                .limit(MOST_SERIES)
                .map(change -> List.of(
                        change.series().toString(),
                        FactFormat.count(change.series().points().size()),
                        figure(change.before()),
                        figure(change.after())))
                .toList();
        if (!rows.isEmpty()) {
            into.add(new ImportTable(
                    "Measured by other tools",
                    List.of("Series", "Points", root == null ? "Mean" : "Mean before " + root.id(), "Since then"),
                    1,
                    rows,
                    changes.size() > rows.size()
                            ? FactFormat.count(changes.size() - rows.size()) + " more changed less."
                            : ""));
        }
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
    }

    /** Addresses of the captures that have a name. */
    private static void names(CaseAccount account, List<ImportTable> into) {
        Map<IpAddress, ServiceName> named = account.imported().byAddress();
        Map<IpAddress, ServiceName> seen = new TreeMap<>();
        for (Conversation conversation : account.analysis().stitched().conversations()) {
            for (Conversation.Leg leg : conversation.legs()) {
                for (Endpoint endpoint : List.of(leg.client(), leg.server())) {
                    ServiceName name = named.get(endpoint.address());
                    if (name != null) {
                        seen.put(endpoint.address(), name);
                    }
                }
            }
        }
        if (!seen.isEmpty()) {
            into.add(new ImportTable(
                    "Names",
                    List.of("Address", "Name", "Kind"),
                    3,
                    seen.values().stream()
                            .limit(MOST_NAMES)
                            .map(name -> List.of(
                                    name.address().toString(),
                                    name.shown(),
                                    name.kind().word()))
                            .toList(),
                    seen.size() > MOST_NAMES ? FactFormat.count(seen.size() - MOST_NAMES) + " more." : ""));
        }
    }

    private static ImportTable files(Telemetry imported) {
        return new ImportTable(
                "Imported",
                List.of("File", "Format", "Records"),
                2,
                imported.files().stream()
                        .map(file -> List.of(file.file(), file.format(), FactFormat.count(file.records())))
                        .toList(),
                "");
    }
}
