package phalanx.show.proxy;

import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.explain.FactFormat;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.RecordedBody;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.record.Secrets;

/** One request: who spoke with whom, why this server, where the time went, and what was said if it was recorded. Screen thread. */
final class RequestDetail extends VBox {
    private static final double BAR = 250;
    private static final int ROWS = 14;

    private final ConsoleViewModel model;
    private @Nullable RequestRecord shown;

    RequestDetail(ConsoleViewModel model) {
        super(6);
        this.model = model;
        getStyleClass().add("detail");
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
            getChildren().add(soft("Select a request to see where its time went and who answered."));
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
                .add(line("Client  " + Variables.endpoint(record.client()) + "  \u2192  "
                        + Variables.endpoint(record.local())));
        if (record.upstreamPeer() != null) {
            getChildren()
                    .add(line("Server  " + Variables.endpoint(record.upstreamLocal()) + "  \u2192  "
                            + Variables.endpoint(record.upstreamPeer())));
            getChildren()
                    .add(soft("Upstream " + record.upstream() + ", chosen: " + record.reason()
                            + (record.attempts() > 1 ? ", after " + (record.attempts() - 1) + " other attempts" : "")));
        }
        if (!record.injected().isEmpty()) {
            getChildren().add(line("On purpose: " + record.injected()));
        }
        Optional<RecordedExchange> recorded = model.recorded(record.id());
        getChildren().add(actions(record, recorded));
        recorded.ifPresentOrElse(
                this::messages,
                () -> getChildren()
                        .add(
                                soft(
                                        "Heads and bodies were not kept. Switch Record on to keep those of requests to come.")));
    }

    private static String status(RequestRecord record) {
        String status = record.status() == 0 ? "no answer yet" : Integer.toString(record.status());
        return status + (record.active() ? ", under way for " : ", in ") + FactFormat.duration(record.totalNanos())
                + ", " + record.protocol() + ", " + FactFormat.count(record.requestBytes()) + " bytes up, "
                + FactFormat.count(record.responseBytes()) + " down";
    }

    private FlowPane actions(RequestRecord record, Optional<RecordedExchange> recorded) {
        Button again = new Button("Send again");
        again.setDisable(recorded.isEmpty());
        again.setOnAction(_ -> recorded.ifPresent(model::replay));
        int question = record.target().indexOf('?');
        String path = question < 0 ? record.target() : record.target().substring(0, question);
        Button stop = new Button("Stop the next one here");
        stop.setOnAction(_ -> model.addBreakpoint(new Breakpoint(Breakpoint.When.REQUEST, record.method(), path)));
        stop.setAccessibleText("Set a breakpoint on " + record.method() + " " + path);
        Button copy = new Button("Copy id");
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(record.id());
            Clipboard.getSystemClipboard().setContent(content);
        });
        return new FlowPane(8, 6, again, stop, copy);
    }

    private void messages(RecordedExchange exchange) {
        Fields asked = exchange.request().fields();
        getChildren().add(strong("Request"));
        getChildren()
                .add(text(exchange.request().method() + " "
                        + Secrets.maskedTarget(exchange.request().target()) + " "
                        + exchange.request().protocol() + "\n" + fields(asked) + body(exchange.requestBody(), asked)));
        ResponseHead response = exchange.response();
        if (response != null) {
            getChildren().add(strong("Response"));
            getChildren()
                    .add(text(response.status() + " " + response.reason() + "\n" + fields(response.fields())
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
                : "\n(the first " + FactFormat.count(body.octets().length) + " of " + FactFormat.count(body.length())
                        + " bytes)";
        return "\n"
                + body.text(fields).orElse("(" + FactFormat.count(body.length()) + " bytes that are no text)")
                + cut;
    }

    private static TextArea text(String text) {
        TextArea area = new TextArea(text);
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
        pane.setAccessibleText("The request selected");
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
