package phalanx.show.live;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.util.StringConverter;
import phalanx.show.Words;

/** Builds a capture filter from what is known of the traffic. Screen thread. */
final class FilterForm extends GridPane {
    private static final Words WORDS = Words.of("live");
    private static final double GAP = 8;
    private static final int VLAN_COLUMNS = 5;

    private final ComboBox<String> protocol = new ComboBox<>(FXCollections.observableArrayList(FilterParts.PROTOCOLS));
    private final TextField host = new TextField();
    private final TextField peer = new TextField();
    private final ComboBox<String> port = new ComboBox<>(FXCollections.observableArrayList(FilterParts.services()));
    private final TextField vlan = new TextField();

    /** @param begin what it shows first  @param built told of the filter whenever a part of it changes */
    FilterForm(FilterParts begin, Consumer<String> built) {
        setHgap(GAP);
        setVgap(GAP);
        getStyleClass().add("filter-form");
        protocol.setConverter(new StringConverter<>() {
            @Override
            public String toString(String word) {
                return word == null || word.isEmpty() ? WORDS.get("any") : word.toUpperCase(Locale.ROOT);
            }

            @Override
            public String fromString(String text) {
                return text;
            }
        });
        port.setEditable(true);
        host.setPromptText(WORDS.get("host.prompt"));
        peer.setPromptText(WORDS.get("host.prompt"));
        port.setPromptText(WORDS.get("port.prompt"));
        vlan.setPrefColumnCount(VLAN_COLUMNS);
        protocol.setValue(begin.protocol());
        host.setText(begin.host());
        peer.setText(begin.peer());
        port.getEditor().setText(begin.port());
        vlan.setText(begin.vlan());
        place(0, 0, "protocol", protocol);
        place(1, 0, "vlan", vlan);
        place(0, 1, "host", host);
        place(1, 1, "peer", peer);
        place(0, 2, "port", port);
        Runnable changed = () -> built.accept(parts().filter());
        protocol.valueProperty().subscribe((_, _) -> changed.run());
        host.textProperty().subscribe((_, _) -> changed.run());
        peer.textProperty().subscribe((_, _) -> changed.run());
        port.getEditor().textProperty().subscribe((_, _) -> changed.run());
        vlan.textProperty().subscribe((_, _) -> changed.run());
    }

    private void place(int column, int row, String key, Node field) {
        Label label = new Label(WORDS.get(key));
        label.setLabelFor(field);
        GridPane.setFillWidth(field, true);
        addRow(row);
        add(label, 2 * column, row);
        add(field, 2 * column + 1, row);
        setAlignment(Pos.CENTER_LEFT);
    }

    private FilterParts parts() {
        return new FilterParts(
                protocol.getValue() == null ? "" : protocol.getValue(),
                host.getText(),
                peer.getText(),
                port.getEditor().getText(),
                vlan.getText());
    }
}
