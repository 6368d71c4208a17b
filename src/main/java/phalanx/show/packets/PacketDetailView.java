package phalanx.show.packets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.dissect.Comparison;
import phalanx.dissect.Difference;
import phalanx.dissect.Dissection;
import phalanx.dissect.FieldFilter;
import phalanx.dissect.FieldNode;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Pen;
import phalanx.show.Selection;
import phalanx.show.Spoken;
import phalanx.show.TextSize;
import phalanx.show.Told;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/** The selected packet: its protocol tree beside its bytes, each following the other, and what changed between two capture points. */
public final class PacketDetailView extends BorderPane implements DeskView {
    private static final Words WORDS = Words.of("packets");
    private static final double SIDE_BY_SIDE = 860;

    private final ViewContext context;
    private final Stitched stitched;
    private final PacketDetailViewModel model;
    private final SightingBar bar;
    private final FieldTree tree;
    private final HexView hex;
    private final HexView hexHere;
    private final HexView hexThere;
    private final Label hexTitle = title();
    private final Label hexThereTitle = title();
    private final DifferencesTable differences;
    private final TextSize texts = new TextSize();
    private final SplitPane alone = new SplitPane();
    private final SplitPane dumps = new SplitPane();
    private final SplitPane compared = new SplitPane();
    private final Label empty = new Label(WORDS.get("detail-empty"));

    public PacketDetailView(ViewContext context) {
        this.context = context;
        stitched = context.analysis().stitched();
        model = new PacketDetailViewModel(context);
        getStylesheets()
                .add(Objects.requireNonNull(PacketDetailView.class.getResource("/show/packets.css"))
                        .toExternalForm());
        getStyleClass().add("packet-detail");
        setMinWidth(0);
        bar = new SightingBar(model, () -> menu(selectedField()));
        tree = new FieldTree(model::select, this::menu);
        hex = new HexView(context.palette(), model::selectByte);
        hexHere = new HexView(context.palette(), model::selectByte);
        hexThere = new HexView(context.palette(), _ -> {});
        differences = new DifferencesTable(this::selectField);
        empty.setWrapText(true);
        empty.getStyleClass().add("empty");
        setTop(bar);
        hex.addEventFilter(KeyEvent.KEY_PRESSED, this::cycle);
        tree.addEventFilter(KeyEvent.KEY_PRESSED, this::cycle);
        hexHere.addEventFilter(KeyEvent.KEY_PRESSED, this::cycle);
        hexThere.addEventFilter(KeyEvent.KEY_PRESSED, this::cycle);
        alone.getItems().setAll(tree, hex);
        alone.setDividerPositions(0.5);
        dumps.getItems().setAll(titled(hexTitle, hexHere), titled(hexThereTitle, hexThere));
        compared.getItems().setAll(differences, dumps);
        compared.setDividerPositions(0.42);
        compared.setOrientation(Orientation.VERTICAL);
        List.of(alone, dumps, compared).forEach(split -> split.setMinHeight(0));
        getChildren().add(texts);
        widthProperty().subscribe(_ -> turn());
        texts.times().subscribe(_ -> turn());
        model.shown().subscribe(this::show);
        model.busy().subscribe(bar::busy);
    }

    private static Label title() {
        Label title = new Label();
        title.getStyleClass().add("hex-title");
        title.setMaxWidth(Double.MAX_VALUE);
        return title;
    }

    private static Node titled(Label title, HexView hex) {
        VBox box = new VBox(title, hex);
        VBox.setVgrow(hex, Priority.ALWAYS);
        box.setMinSize(0, 0);
        return box;
    }

    private void turn() {
        boolean wide = getWidth() >= SIDE_BY_SIDE * texts.now();
        alone.setOrientation(wide ? Orientation.HORIZONTAL : Orientation.VERTICAL);
        dumps.setOrientation(wide ? Orientation.HORIZONTAL : Orientation.VERTICAL);
    }

    @Override
    public Node node() {
        return this;
    }

    PacketDetailViewModel model() {
        return model;
    }

    private void show(PacketDetailViewModel.@Nullable Shown shown) {
        bar.show(shown);
        if (shown == null || shown.frame() == null) {
            Problem problem = shown == null || shown.problem() == null ? null : Told.problem(shown.problem());
            empty.setText(problem == null ? WORDS.get("detail-empty") : problem.what() + " " + problem.remedy());
            setCenter(empty);
            return;
        }
        Dissection frame = shown.frame();
        PacketDetailViewModel.Compared there = shown.compared();
        HexPicture picture = picture(shown);
        String point = model.point(shown.packet().capture());
        if (there == null) {
            tree.show(frame, shown.field());
            show(hex, picture, frame, shown.field(), point);
            setCenter(alone);
        } else {
            String other = model.point(there.capture());
            show(hexHere, picture, frame, shown.field(), point);
            List<FieldNode> twin = twin(shown, there);
            show(
                    hexThere,
                    picture(there.frame(), twin, -1, there.comparison(), there.earlier()),
                    there.frame(),
                    twin,
                    other);
            hexTitle.setText(WORDS.get("hex-title", point, frame.frame().number()));
            hexThereTitle.setText(
                    WORDS.get("hex-title", other, there.frame().frame().number()));
            differences.show(there, point, other);
            setCenter(compared);
        }
    }

    private static void show(HexView hex, HexPicture picture, Dissection frame, List<FieldNode> field, String point) {
        hex.show(picture);
        int at = picture.caret() >= 0 ? picture.caret() : picture.fieldStart();
        byte[] bytes = frame.frame().bytes();
        String selected = field.isEmpty() || at >= bytes.length
                ? ""
                : WORDS.get(
                                "hex-selected",
                                Integer.toString(at),
                                HexFormat.of().toHexDigits(bytes[at]),
                                field.getLast().label())
                        + " ";
        Spoken.tell(
                hex,
                selected
                        + WORDS.get(
                                "hex-summary",
                                frame.frame().number(),
                                point,
                                bytes.length,
                                frame.frame().length()));
    }

    /** The same field at the other point: that of its name. */
    private static List<FieldNode> twin(PacketDetailViewModel.Shown shown, PacketDetailViewModel.Compared there) {
        return shown.field().isEmpty() || shown.field().getLast().name().isEmpty()
                ? List.of()
                : there.frame().pathTo(shown.field().getLast().name()).orElse(List.of());
    }

    private static HexPicture picture(PacketDetailViewModel.Shown shown) {
        PacketDetailViewModel.Compared there = shown.compared();
        return picture(
                Objects.requireNonNull(shown.frame()),
                shown.field(),
                shown.caret(),
                there == null ? null : there.comparison(),
                there == null || !there.earlier());
    }

    private static HexPicture picture(
            Dissection frame, List<FieldNode> field, int caret, @Nullable Comparison comparison, boolean first) {
        FieldNode layer = field.isEmpty() ? null : field.getFirst();
        FieldNode node = field.isEmpty() ? null : field.getLast();
        BitSet expected = new BitSet();
        BitSet unexpected = new BitSet();
        if (comparison != null) {
            for (Difference difference : comparison.differences()) {
                FieldNode at = first ? difference.first() : difference.second();
                if (at != null) {
                    (difference.reason().expected() ? expected : unexpected).set(at.start(), at.start() + at.length());
                }
            }
            BitSet changed = first ? comparison.firstBytes() : comparison.secondBytes();
            expected.and(changed);
            unexpected.and(changed);
            expected.andNot(unexpected);
        }
        boolean record = layer != null && layer.name().equals("frame");
        return new HexPicture(
                frame.frame().bytes(),
                layer == null || record ? 0 : layer.start(),
                layer == null || record ? 0 : layer.start() + layer.length(),
                node == null || record ? 0 : node.start(),
                node == null || record ? 0 : node.start() + node.length(),
                caret,
                expected,
                unexpected);
    }

    private @Nullable FieldNode selectedField() {
        PacketDetailViewModel.Shown now = model.shown().get();
        return now == null || now.field().isEmpty() ? null : now.field().getLast();
    }

    private void selectField(FieldNode field) {
        PacketDetailViewModel.Shown now = model.shown().get();
        if (now != null && now.frame() != null) {
            now.frame().path(node -> node.equals(field)).ifPresent(model::select);
        }
    }

    /** Tab goes to the next sighting as long as there is more than one; Control and Tab moves the focus on. */
    private void cycle(KeyEvent key) {
        if (key.getCode() != KeyCode.TAB) {
            return;
        }
        if (key.isControlDown()) {
            ((Node) key.getSource())
                    .requestFocusTraversal(key.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            key.consume();
        } else if (model.sightings().size() > 1) {
            context.selection().nextSighting(key.isShiftDown() ? -1 : 1);
            key.consume();
        }
    }

    private ContextMenu menu(@Nullable FieldNode field) {
        List<MenuItem> items = new ArrayList<>();
        if (field != null) {
            Optional<String> filter = FieldFilter.of(field);
            filter.ifPresent(text -> {
                items.add(
                        item(WORDS.get("filter-for"), () -> context.filterFor().accept(text)));
                items.add(item(
                        WORDS.get("filter-against"), () -> context.filterFor().accept(FieldFilter.against(text))));
                items.add(new SeparatorMenuItem());
            });
            items.add(item(WORDS.get("copy-field"), () -> Controls.copy(field.text())));
            items.add(item(WORDS.get("copy-value"), () -> Controls.copy(value(field))));
            filter.ifPresent(text -> items.add(item(WORDS.get("copy-filter"), () -> Controls.copy(text))));
            items.add(item(WORDS.get("copy-hex"), () -> Controls.copy(octets(field))));
            items.add(new SeparatorMenuItem());
        }
        items.add(item(WORDS.get("copy-wireshark"), this::copyCommand));
        Selection.Packet packet = context.selection().now().packet();
        if (packet != null && packet.journey() != Selection.NONE) {
            items.add(item(WORDS.get("copy-bpf"), () -> copyCaptureFilter(packet)));
        }
        items.add(new SeparatorMenuItem());
        items.add(item(WORDS.get("expand-all"), () -> tree.expandAll(true)));
        items.add(item(WORDS.get("collapse-all"), () -> tree.expandAll(false)));
        return new ContextMenu(items.toArray(MenuItem[]::new));
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private static String value(FieldNode field) {
        return field.value().isEmpty() ? field.label() : field.value();
    }

    private String octets(FieldNode field) {
        PacketDetailViewModel.Shown now = model.shown().get();
        return now == null || now.frame() == null
                ? ""
                : HexFormat.of().formatHex(now.frame().frame().bytes(), field.start(), field.start() + field.length());
    }

    private void copyCommand() {
        Selection.Packet packet = context.selection().now().packet();
        if (packet != null) {
            Controls.copy(OtherTools.shell(OtherTools.wireshark(
                    stitched.captures().get(packet.capture()).capture().file(), packet.frame())));
        }
    }

    private void copyCaptureFilter(Selection.Packet packet) {
        Conversation of = stitched.conversations().get(stitched.journeys().conversation(packet.journey()));
        of.leg(packet.capture()).ifPresent(leg -> Controls.copy(OtherTools.capture(of, leg)));
    }

    @Override
    public Optional<DataTable> table() {
        PacketDetailViewModel.Shown now = model.shown().get();
        return now == null || now.frame() == null ? Optional.empty() : Optional.of(new FieldRows(now.frame()));
    }

    @Override
    public Optional<Drawing> drawing() {
        PacketDetailViewModel.Shown now = model.shown().get();
        if (now == null || now.frame() == null) {
            return Optional.empty();
        }
        HexPainter painter =
                new HexPainter(HexPainter.width(16, 1), 1, context.palette().getValue());
        HexPicture picture = picture(now);
        double width = HexPainter.width(16, 1);
        double height = painter.lines(picture.bytes().length) * HexPainter.line(1);
        return Optional.of(new Drawing(width, height, (Pen pen) -> painter.paint(picture, 0, width, height, pen)));
    }
}
