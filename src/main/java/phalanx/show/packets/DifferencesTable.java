package phalanx.show.packets;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import phalanx.dissect.Difference;
import phalanx.dissect.FieldNode;
import phalanx.show.Columns;
import phalanx.show.Words;

/** What is not the same at two capture points, with why; what the network should not have changed stands first. */
final class DifferencesTable extends TableView<Difference> {
    private static final Words WORDS = Words.of("packets");

    private String first = "";
    private String second = "";
    private boolean onSecond;

    /** @param chosen told of the field that was selected */
    DifferencesTable(Consumer<FieldNode> chosen) {
        setMinWidth(0);
        column(WORDS.get("column-field"), 190, d -> named(d.field()));
        column(WORDS.get("column-value"), 300, this::change);
        column("", 380, DifferencesTable::judged);
        getSelectionModel().selectedItemProperty().subscribe(difference -> {
            FieldNode here = difference == null ? null : onSecond ? difference.second() : difference.first();
            if (here != null) {
                chosen.accept(here);
            }
        });
    }

    /** Shows the differences between two capture points, in the order in which the packet comes by. */
    void show(PacketDetailViewModel.Compared compared, String here, String there) {
        onSecond = compared.earlier();
        first = onSecond ? there : here;
        second = onSecond ? here : there;
        List<Difference> differences = compared.comparison().differences();
        getColumns().get(1).setText(WORDS.get("from-to", first, second));
        getColumns().getLast().setText(counted(differences));
        setAccessibleText(WORDS.get("compare-list", first, second));
        setPlaceholder(new Label(WORDS.get("compare-same", first, second)));
        getItems().setAll(differences);
    }

    private static String counted(List<Difference> differences) {
        long expected = differences.stream().filter(d -> d.reason().expected()).count();
        return WORDS.get("compare-count", expected, differences.size() - expected);
    }

    private void column(String title, double width, Function<Difference, String> text) {
        TableColumn<Difference, Difference> column = new TableColumn<>(title);
        Columns.width(column, width);
        column.setSortable(false);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Difference difference, boolean empty) {
                super.updateItem(difference, empty);
                getStyleClass().removeAll("expected", "unexpected");
                if (empty || difference == null) {
                    setText(null);
                    setTooltip(null);
                } else {
                    setText(text.apply(difference));
                    setTooltip(new Tooltip(getText()));
                    getStyleClass().add(difference.reason().expected() ? "expected" : "unexpected");
                }
            }
        });
        getColumns().add(column);
    }

    private String change(Difference of) {
        FieldNode before = of.first();
        FieldNode after = of.second();
        if (before == null || after == null) {
            return WORDS.get("only-at", before == null ? second : first, told(of.field()));
        }
        return WORDS.get("from-to", told(before), told(after));
    }

    private static String told(FieldNode field) {
        return field.value().isEmpty() ? field.label() : field.value();
    }

    private static String named(FieldNode field) {
        return field.name().isEmpty() ? field.label() : field.label() + " (" + field.name() + ")";
    }

    private static String judged(Difference of) {
        String sign = of.reason().expected() ? "\u2713 " : "\u25b2 ";
        String word = of.reason().expected() ? WORDS.get("compare-expected") : WORDS.get("compare-unexpected");
        return sign + word + ": " + reason(of.reason());
    }

    private static String reason(Difference.Reason reason) {
        return switch (reason) {
            case LINK -> WORDS.get("reason-link");
            case HOP_COUNT -> WORDS.get("reason-hop-count");
            case HOP_COUNT_GROWN -> WORDS.get("reason-hop-count-grown");
            case VLAN_TAG -> WORDS.get("reason-vlan-tag");
            case ENCAPSULATION -> WORDS.get("reason-encapsulation");
            case ADDRESS_TRANSLATION -> WORDS.get("reason-address-translation");
            case CHECKSUM -> WORDS.get("reason-checksum");
            case OFFLOAD -> WORDS.get("reason-offload");
            case DSCP -> WORDS.get("reason-dscp");
            case ECN -> WORDS.get("reason-ecn");
            case PAYLOAD -> WORDS.get("reason-payload");
            case REWRITTEN -> WORDS.get("reason-rewritten");
        };
    }
}
