package phalanx.show.proxy;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.Exclusion;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.RecordedBody;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.record.Secrets;
import phalanx.show.Controls;
import phalanx.show.Words;

/** One request: who spoke with whom, why this server, where the time went, and what was said if it was recorded. Screen thread. */
final class RequestDetail extends VBox {
    private static final Words WORDS = Words.of("proxy");
    private static final double BAR = 250;
    private static final int ROWS = 14;

    private final ConsoleViewModel model;
    private final Supplier<String> configuration;
    private @Nullable RequestRecord shown;

    /** @param configuration its text as it stands in the editor */
    RequestDetail(ConsoleViewModel model, Supplier<String> configuration) {
        super(6);
        this.model = model;
        this.configuration = configuration;
        getStyleClass().add("detail");
        setMinWidth(0);
        show(null);
    }

    /** Shows a request, or that none is selected. */
    void show(@Nullable RequestRecord record) {
        if (record != null && shown != null && !record.active() && record.equals(shown)) {
            return; // as it stands
        }
        shown = record;
        getChildren().clear();
        if (record == null) {
            getChildren().add(soft(WORDS.get("request.none")));
            return;
        }
        getChildren().add(strong(record.method() + " " + record.host() + Secrets.maskedTarget(record.target())));
        getChildren().add(line(status(record)));
        if (record.failure() != null) {
            Label failure = line(record.failure().what());
            failure.getStyleClass().add("severity-critical");
            getChildren().add(failure);
        }
        HBox bar = TimingCell.bar(BAR);
        TimingCell.fill(bar, record);
        getChildren().addAll(bar, soft(TimingCell.words(record)));
        getChildren()
                .add(line(WORDS.get(
                        "request.client",
                        String.valueOf(Variables.endpoint(record.client())),
                        String.valueOf(Variables.endpoint(record.local())))));
        if (record.upstreamPeer() != null) {
            getChildren()
                    .add(line(WORDS.get(
                            "request.server",
                            String.valueOf(Variables.endpoint(record.upstreamLocal())),
                            String.valueOf(Variables.endpoint(record.upstreamPeer())))));
            getChildren()
                    .add(soft(WORDS.get(
                            "request.chosen", record.upstream(), record.reason(), Math.max(0, record.attempts() - 1))));
        }
        if (!record.injected().isEmpty()) {
            getChildren().add(line(WORDS.get("request.on-purpose", record.injected())));
        }
        if (!record.guard().isEmpty()) {
            getChildren().add(line(WORDS.get("request.guard", record.guard())));
            if (!Exclusion.rules(record).isEmpty()) {
                getChildren().add(new ExclusionBox(model, record, configuration));
            }
        }
        Optional<RecordedExchange> recorded = model.recorded(record.id());
        getChildren().add(actions(record, recorded));
        recorded.ifPresentOrElse(this::messages, () -> getChildren().add(soft(WORDS.get("request.not-kept"))));
    }

    private static String status(RequestRecord record) {
        Object[] told = {
            record.status() == 0 ? WORDS.get("request.no-answer") : Integer.toString(record.status()),
            Words.language().duration(record.totalNanos()),
            record.protocol(),
            Words.language().bytes(record.requestBytes()),
            Words.language().bytes(record.responseBytes())
        };
        return record.active() ? WORDS.get("request.under-way", told) : WORDS.get("request.over", told);
    }

    private FlowPane actions(RequestRecord record, Optional<RecordedExchange> recorded) {
        Button again = Controls.button(WORDS.get("request.again"), () -> recorded.ifPresent(model::replay));
        again.setDisable(recorded.isEmpty());
        int question = record.target().indexOf('?');
        String path = question < 0 ? record.target() : record.target().substring(0, question);
        Button stop = Controls.button(
                WORDS.get("request.stop"),
                () -> model.addBreakpoint(new Breakpoint(Breakpoint.When.REQUEST, record.method(), path)));
        stop.setAccessibleText(WORDS.get("request.stop.name", record.method(), path));
        Button copy = Controls.button(WORDS.get("request.copy-id"), () -> Controls.copy(record.id()));
        stop.setWrapText(true);
        return new FlowPane(8, 6, again, stop, copy);
    }

    private void messages(RecordedExchange exchange) {
        Fields asked = exchange.request().fields();
        getChildren().add(strong(WORDS.get("request.asked")));
        getChildren()
                .add(text(
                        WORDS.get("request.asked"),
                        exchange.request().method() + " "
                                + Secrets.maskedTarget(exchange.request().target()) + " "
                                + exchange.request().protocol() + "\n" + fields(asked)
                                + body(exchange.requestBody(), asked)));
        ResponseHead response = exchange.response();
        if (response != null) {
            getChildren().add(strong(WORDS.get("request.answered")));
            getChildren()
                    .add(text(
                            WORDS.get("request.answered"),
                            response.status() + " " + response.reason() + "\n" + fields(response.fields())
                                    + body(exchange.responseBody(), response.fields())));
        }
    }

    private static String fields(Fields fields) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < fields.count(); i++) {
            out.append(fields.name(i))
                    .append(": ")
                    .append(Secrets.masked(fields.name(i), fields.value(i)))
                    .append('\n');
        }
        return out.toString();
    }

    private static String body(RecordedBody body, Fields fields) {
        if (body.length() == 0) {
            return "";
        }
        String cut = body.whole()
                ? ""
                : "\n"
                        + WORDS.get(
                                "body.first",
                                Words.language().count(body.octets().length),
                                Words.language().bytes(body.length()));
        return "\n"
                + body.text(fields)
                        .orElse(WORDS.get("body.no-text", Words.language().bytes(body.length())))
                + cut;
    }

    private static TextArea text(String name, String text) {
        TextArea area = new TextArea(text);
        area.setAccessibleText(name);
        area.setEditable(false);
        area.setWrapText(true);
        area.setPrefRowCount(Math.clamp(text.lines().count() + 1, 3, ROWS));
        area.setMinHeight(USE_PREF_SIZE);
        area.getStyleClass().add("code");
        return area;
    }

    /** Around this, so that long ones can be scrolled. */
    ScrollPane scrolled() {
        ScrollPane pane = new ScrollPane(this);
        pane.setFitToWidth(true);
        pane.setFocusTraversable(true);
        pane.setAccessibleText(WORDS.get("request.name"));
        return pane;
    }

    private static Label strong(String text) {
        Label label = line(text);
        label.getStyleClass().add("strong");
        return label;
    }

    private static Label soft(String text) {
        Label label = line(text);
        label.getStyleClass().add("soft");
        return label;
    }

    private static Label line(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
