package phalanx.show.conversations;

import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.show.Columns;
import phalanx.show.Selection;

/** All conversations, those with findings first; a selected one is what ladder and map are about. */
public final class ConversationsView extends TableView<ConversationMetrics> {
    public ConversationsView(Analysis analysis, Selection selection) {
        setAccessibleText("Conversations");
        setPlaceholder(new Label("No conversation between hosts in these captures."));
        column(
                "Findings",
                74,
                m -> String.join(
                        " ",
                        analysis.findingsOf(m).stream()
                                .map(ExplainedFinding::id)
                                .toList()),
                m -> -analysis.findingsOf(m).size());
        column(
                "Client",
                168,
                m -> m.conversation().client().toString(),
                m -> m.conversation().client().toString());
        column(
                "Server",
                168,
                m -> m.conversation().server().toString(),
                m -> m.conversation().server().toString());
        column(
                "Protocol",
                82,
                m -> m.conversation().transport().word(),
                m -> m.conversation().transport());
        column(
                "Points",
                60,
                m -> m.conversation().legs().size() + " of "
                        + analysis.stitched().captures().size(),
                m -> m.conversation().legs().size());
        number("Packets", 82, m -> m.packets()[0] + m.packets()[1]);
        number("Bytes", 92, m -> m.bytes()[0] + m.bytes()[1]);
        number("Sent again", 92, m -> m.retransmissions()[0] + m.retransmissions()[1]);
        column(
                        "Waited for",
                        272,
                        m -> m.limits().map(FactFormat::most).orElse(""),
                        m -> m.limits().map(FactFormat::most).orElse(""))
                .setCellFactory(_ -> new FlowLimitsCell());
        duration("Handshake", 98, m -> m.handshakeNanos().orElse(-1));
        duration("RTT p50", 84, m -> m.rtt().map(DelaySummary::medianNanos).orElse(-1L));
        duration("RTT p95", 84, m -> m.rtt().map(DelaySummary::p95Nanos).orElse(-1L));
        duration(
                "Server p50",
                94,
                m -> m.serverThink().map(DelaySummary::medianNanos).orElse(-1L));
        duration("Lasted", 78, m -> m.lastNanos() - m.firstNanos());
        SortedList<ConversationMetrics> sorted =
                new SortedList<>(FXCollections.observableArrayList(analysis.conversationsByImportance()));
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        getSelectionModel().selectedItemProperty().subscribe(metrics -> {
            if (metrics != null) {
                selection.conversation().set(metrics.conversation().id());
            }
        });
        selection.conversation().subscribe(id -> follow(id.intValue()));
    }

    private void follow(int id) {
        ConversationMetrics selected = getSelectionModel().getSelectedItem();
        if (id == Selection.NONE) {
            getSelectionModel().clearSelection();
        } else if (selected == null || selected.conversation().id() != id) {
            getItems().stream()
                    .filter(m -> m.conversation().id() == id)
                    .findFirst()
                    .ifPresent(m -> {
                        getSelectionModel().select(m);
                        scrollTo(m);
                    });
        }
    }

    private void number(String title, double width, Function<ConversationMetrics, Long> value) {
        Columns.figure(this, title, width, m -> FactFormat.count(value.apply(m)), value);
    }

    /** Negative stands for not known. */
    private void duration(String title, double width, Function<ConversationMetrics, Long> value) {
        Columns.figure(this, title, width, m -> value.apply(m) < 0 ? "" : FactFormat.duration(value.apply(m)), value);
    }

    private <T extends Comparable<? super T>> TableColumn<ConversationMetrics, ConversationMetrics> column(
            String title,
            double width,
            Function<ConversationMetrics, String> text,
            Function<ConversationMetrics, T> order) {
        return Columns.text(this, title, width, text, order);
    }
}
