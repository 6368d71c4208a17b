package phalanx.show.map;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.show.Columns;
import phalanx.show.Controls;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.topology.Station;

/** What is told over the map: why it is empty, that hosts were gathered or left out, how many were found. Screen thread. */
final class MapNotice {
    private static final Words WORDS = Words.of("map");
    private static final int FIRST_FIGURE = 2;

    private MapNotice() {}

    /** What stands in the place of a picture without nodes; empty when there are some. */
    static Optional<Node> instead(MapPicture picture, MapViewModel model, ViewContext context) {
        if (picture.listed()) {
            return Optional.of(listed(picture, model));
        }
        return picture.nodes().isEmpty() ? Optional.of(empty(picture, model, context)) : Optional.empty();
    }

    /** What is told above a picture, empty when it speaks for itself. */
    static Optional<Node> above(MapPicture picture, MapViewModel model) {
        int hosts = picture.all().nodes().size();
        MapRequest request = picture.request();
        if (picture.nodes().isEmpty()) {
            return Optional.empty();
        }
        if (request.find().isPresent()) {
            return Optional.of(strip(WORDS.get(
                    "notice.found",
                    picture.found(),
                    picture.nodes().size() + picture.edges().size())));
        }
        boolean gathered = picture.nodes().stream().anyMatch(mark -> mark.node().station() instanceof Station.Subnet);
        if (gathered || !request.opened().isEmpty()) {
            Button close = Controls.button(WORDS.get("notice.close"), model::closeAll);
            close.setDisable(request.opened().isEmpty());
            return Optional.of(strip(WORDS.get("notice.gathered", hosts), close));
        }
        if (picture.nodes().size() < hosts
                && request.crowd() == MapRequest.Crowd.TOP
                && request.hide().isEmpty()) {
            return Optional.of(strip(
                    WORDS.get("notice.top", picture.nodes().size(), hosts),
                    Controls.button(WORDS.get("notice.list"), () -> model.draw(MapRequest.Crowd.LISTED)),
                    Controls.button(WORDS.get("notice.subnets"), () -> model.draw(MapRequest.Crowd.GATHERED))));
        }
        int hidden = picture.all().nodes().size() - picture.nodes().size();
        int hiddenEdges = picture.all().edges().size() - picture.edges().size();
        return request.hide().isPresent() && hidden + hiddenEdges > 0
                ? Optional.of(strip(WORDS.get("notice.hidden", hidden, hiddenEdges)))
                : Optional.empty();
    }

    /** The map in a sentence, for those who do not see it. */
    static String summary(MapPicture picture, ViewContext context) {
        String place = context.selection().now().place();
        String selected = picture.nodes().stream()
                .filter(mark -> mark.node().id().equals(place))
                .map(mark -> WORDS.get("summary.selected", line(HoverText.of(mark))) + " ")
                .findFirst()
                .orElseGet(() -> picture.edges().stream()
                        .filter(mark -> mark.edge().id().equals(place))
                        .map(mark -> WORDS.get("summary.selected", line(HoverText.of(picture, mark))) + " ")
                        .findFirst()
                        .orElse(""));
        return selected
                + WORDS.get(
                        "summary",
                        picture.nodes().size(),
                        picture.edges().size(),
                        context.analysis().conclusion().summary());
    }

    private static String line(String several) {
        return several.strip().replaceAll("\\s*\n\\s*", ", ");
    }

    static Node sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMaxWidth(420);
        label.getStyleClass().add("map-empty");
        return label;
    }

    private static Node empty(MapPicture picture, MapViewModel model, ViewContext context) {
        if (model.noHosts()
                || picture.request().level() == MapLevel.PATH
                        && picture.all().nodes().isEmpty()) {
            return sentence(WORDS.get("empty.no-hosts"));
        }
        if (picture.request().hide().isPresent() && !picture.all().nodes().isEmpty()) {
            return centred(
                    WORDS.get("empty.all-hidden"),
                    Controls.button(
                            WORDS.get("empty.unhide"), () -> model.hide().set("")));
        }
        return centred(
                WORDS.get(
                        "empty.filtered",
                        context.analysis().stitched().conversations().size()),
                Controls.button(
                        WORDS.get("empty.clear-filter"),
                        () -> context.filterFor().accept("")));
    }

    private static Node centred(String text, Button action) {
        VBox box = new VBox(10, sentence(text), action);
        box.setAlignment(Pos.CENTER);
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return box;
    }

    private static HBox strip(String text, Button... actions) {
        Label label = new Label(text);
        label.setWrapText(true);
        HBox strip = new HBox(8, label);
        strip.getChildren().addAll(actions);
        List.of(actions).forEach(action -> action.setMinWidth(Region.USE_PREF_SIZE));
        strip.setAlignment(Pos.CENTER_LEFT);
        strip.getStyleClass().add("map-strip");
        return strip;
    }

    /** Too many hosts for a picture: as a table, with what can be drawn of them. */
    private static Node listed(MapPicture picture, MapViewModel model) {
        MapTable of = picture.table();
        TableView<Integer> table = new TableView<>();
        table.setAccessibleText(of.title());
        for (int i = 0; i < of.columns().size(); i++) {
            int at = i;
            TableColumn<Integer, String> column = new TableColumn<>(of.columns().get(i));
            column.setSortable(false);
            Columns.width(column, i == 0 ? 260 : 100);
            column.setCellValueFactory(row -> new SimpleStringProperty(of.cell(row.getValue(), at)));
            if (i >= FIRST_FIGURE) {
                column.getStyleClass().add("figure");
            }
            table.getColumns().add(column);
        }
        table.setItems(FXCollections.observableList(
                IntStream.range(0, of.rows()).boxed().toList()));
        table.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null) {
                model.selection().place(of.id(row));
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox box = new VBox(
                strip(
                        WORDS.get("notice.many", picture.all().nodes().size()),
                        Controls.button(
                                WORDS.get("notice.draw-top", MapBuilder.MOST_APART),
                                () -> model.draw(MapRequest.Crowd.TOP)),
                        Controls.button(WORDS.get("notice.subnets"), () -> model.draw(MapRequest.Crowd.GATHERED))),
                table);
        box.getStyleClass().add("map-list");
        return box;
    }
}
