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
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.record.Secrets;
import phalanx.show.Columns;
import phalanx.show.Words;

/** The newest requests, those under way first. Screen thread. */
final class RequestsTable extends TableView<RequestRecord> {
    private static final Words WORDS = Words.of("proxy");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private boolean taking;
    private List<RequestRecord> shown = List.of();

    RequestsTable(ConsoleViewModel model) {
        setAccessibleText(WORDS.get("requests.name"));
        getStyleClass().add(Styles.DENSE);
        setPlaceholder(new Label(WORDS.get("requests.none")));
        Columns.text(
                this,
                WORDS.get("requests.time"),
                104,
                r -> TIME.format(Instant.ofEpochMilli(r.startMillis())),
                RequestRecord::startMillis);
        Columns.text(this, WORDS.get("requests.method"), 72, RequestRecord::method, RequestRecord::method);
        Columns.text(
                this, WORDS.get("requests.path"), 144, r -> Secrets.maskedTarget(r.target()), RequestRecord::target);
        Columns.text(this, WORDS.get("requests.status"), 66, r -> "", RequestRecord::status)
                .setCellFactory(_ -> new StatusCell());
        Columns.text(this, WORDS.get("requests.spent"), 108, r -> "", RequestRecord::totalNanos)
                .setCellFactory(_ -> new TimingCell());
        Columns.figure(
                this,
                WORDS.get("requests.total"),
                80,
                r -> Words.language().duration(r.totalNanos()),
                RequestRecord::totalNanos);
        Columns.text(this, WORDS.get("requests.server"), 130, RequestsTable::server, RequestsTable::server);
        Columns.text(this, WORDS.get("requests.host"), 130, RequestRecord::host, RequestRecord::host);
        Columns.text(this, WORDS.get("requests.notes"), 190, RequestsTable::notes, RequestsTable::notes);
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
        String failed = record.failure() == null
                ? ""
                : switch (record.failure().side()) {
                    case CLIENT -> WORDS.get("failed.client");
                    case UPSTREAM -> WORDS.get("failed.upstream");
                    case PROXY -> WORDS.get("failed.proxy");
                };
        String fault = record.injected().isEmpty() ? "" : WORDS.get("on-purpose", record.injected());
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
