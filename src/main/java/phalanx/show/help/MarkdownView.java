package phalanx.show.help;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** A document of Markdown as nodes of the screen. Screen thread. */
public final class MarkdownView extends VBox {
    private static final double GAP = 8, NUMBER = 24;

    private final List<String> wanted;
    private final Consumer<String> open;

    MarkdownView(Node document, List<String> wanted, Consumer<String> open) {
        super(GAP);
        this.wanted = wanted;
        this.open = open;
        getStyleClass().add("markdown");
        getStylesheets().add(String.valueOf(MarkdownView.class.getResource("/show/help.css")));
        blocks(document, this);
    }

    /** A text of Markdown without links to follow. */
    public static MarkdownView of(String markdown) {
        return new MarkdownView(Markdown.parse(markdown), List.of(), _ -> {});
    }

    private void blocks(Node parent, VBox into) {
        for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
            switch (block) {
                case Heading heading -> into.getChildren().add(heading(heading));
                case Paragraph paragraph -> into.getChildren().add(text(paragraph));
                case BulletList list -> list(list, into, -1);
                case OrderedList list -> {
                    Integer first = list.getMarkerStartNumber();
                    list(list, into, first == null ? 1 : first);
                }
                case FencedCodeBlock code -> into.getChildren().add(code(code.getLiteral()));
                case IndentedCodeBlock code -> into.getChildren().add(code(code.getLiteral()));
                case BlockQuote quote -> {
                    VBox inner = new VBox(GAP);
                    inner.getStyleClass().add("help-quote");
                    blocks(quote, inner);
                    into.getChildren().add(inner);
                }
                case TableBlock table -> into.getChildren().add(new MarkdownTable(table, this::text));
                case ThematicBreak _ -> into.getChildren().add(new Separator());
                default -> into.getChildren().add(new Label(Markdown.text(block)));
            }
        }
    }

    private TextFlow heading(Heading heading) {
        TextFlow flow = text(heading);
        flow.getStyleClass().add("help-heading-" + Math.min(3, heading.getLevel()));
        return flow;
    }

    private TextFlow text(Node block) {
        return MarkdownText.of(block, wanted, open);
    }

    /** @param first number of the first item, -1 for bullets */
    private void list(Node list, VBox into, int first) {
        VBox items = new VBox(GAP / 2);
        int number = first;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            Label mark = new Label(first < 0 ? "\u2022" : number++ + ".");
            mark.setMinWidth(NUMBER);
            mark.getStyleClass().add("help-bullet");
            VBox content = new VBox(GAP / 2);
            blocks(item, content);
            HBox.setHgrow(content, Priority.ALWAYS);
            items.getChildren().add(new HBox(mark, content));
        }
        into.getChildren().add(items);
    }

    private static Label code(String literal) {
        Label code = new Label(literal.stripTrailing());
        code.getStyleClass().add("help-code-block");
        code.setMaxWidth(Double.MAX_VALUE);
        code.setMinHeight(Region.USE_PREF_SIZE);
        return code;
    }
}
