package phalanx.show.proxy;

import atlantafx.base.theme.Styles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import phalanx.explain.FactFormat;
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.record.Secrets;
import phalanx.show.Columns;

/** The newest requests, those under way first. Screen thread. */
final class RequestsTable extends TableView<RequestRecord> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private boolean taking;
    private List<RequestRecord> shown = List.of();

    RequestsTable(ConsoleViewModel model) {
        setAccessibleText("Requests, the newest first");
        getStyleClass().add(Styles.DENSE);
        setPlaceholder(new Label("No request yet."));
        Columns.text(
                this,
                "Time (UTC)",
                104,
                r -> TIME.format(Instant.ofEpochMilli(r.startMillis())),
                RequestRecord::startMillis);
        Columns.text(this, "Method", 68, RequestRecord::method, RequestRecord::method);
        Columns.text(this, "Path", 144, r -> Secrets.maskedTarget(r.target()), RequestRecord::target);
        Columns.text(this, "Status", 66, r -> "", RequestRecord::status).setCellFactory(_ -> new StatusCell());
        Columns.text(this, "Time spent", 108, r -> "", RequestRecord::totalNanos)
                .setCellFactory(_ -> new TimingCell());
        Columns.figure(this, "In all", 76, r -> FactFormat.duration(r.totalNanos()), RequestRecord::totalNanos);
        Columns.text(this, "Server", 130, RequestsTable::server, RequestsTable::server);
        Columns.text(this, "Host", 130, RequestRecord::host, RequestRecord::host);
        Columns.text(this, "Notes", 190, RequestsTable::notes, RequestsTable::notes);
        model.snapshot().subscribe(snapshot -> take(snapshot.requests()));
    }

    /** Told while new requests take the place of old ones: then the selection is not the user's. */
    boolean taking() {
        return taking;
    }

    private static String server(RequestRecord record) {
        return Objects.requireNonNullElse(Variables.endpoint(record.upstreamPeer()), "");
    }

    private static String notes(RequestRecord record) {
        String failed =
                record.failure() == null ? "" : record.failure().side().name().toLowerCase(Locale.ROOT) + " failed";
        String fault = record.injected().isEmpty() ? "" : "on purpose: " + record.injected();
        return failed.isEmpty() || fault.isEmpty() ? failed + fault : failed + "; " + fault;
    }

    private void take(List<RequestRecord> requests) {
        if (requests.equals(shown)) {
            return;
        }
        shown = requests;
        RequestRecord before = getSelectionModel().getSelectedItem();
        taking = true;
        getItems().setAll(requests);
        sort();
        if (before != null) {
            getItems().stream()
                    .filter(r -> r.id().equals(before.id()) && r.startMillis() == before.startMillis())
                    .findFirst()
                    .ifPresent(getSelectionModel()::select);
        }
        taking = false;
    }

    /** The status, coloured by its class; dots while there is none. */
    private static final class StatusCell extends TableCell<RequestRecord, RequestRecord> {
        @Override
        protected void updateItem(@Nullable RequestRecord record, boolean empty) {
            super.updateItem(record, empty);
            getStyleClass().removeAll("severity-ok", "severity-warning", "severity-critical");
            if (empty || record == null) {
                setText(null);
                return;
            }
            int status = record.status();
            setText(status == 0 ? "\u2026" : record.active() ? status + " \u2026" : Integer.toString(status));
            if (status >= 400) {
                getStyleClass().add(status >= 500 ? "severity-critical" : "severity-warning");
            } else if (status > 0) {
                getStyleClass().add("severity-ok");
            }
        }
    }
}
