package phalanx.show.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;

/** The text of one block: words, code, links; words that were searched for stand on a ground of their own. Screen thread. */
final class MarkdownText extends AbstractVisitor {
    private final TextFlow flow = new TextFlow();
    private final List<String> wanted;
    private final Consumer<String> open;
    private final List<String> styles = new ArrayList<>();

    private MarkdownText(List<String> wanted, Consumer<String> open) {
        this.wanted = wanted;
        this.open = open;
    }

    /**
     * @param wanted words to mark, in lower case
     * @param open follows links to other pages
     */
    static TextFlow of(Node block, List<String> wanted, Consumer<String> open) {
        MarkdownText text = new MarkdownText(wanted, open);
        text.visitChildren(block);
        text.flow.setAccessibleText(Markdown.text(block));
        return text.flow;
    }

    @Override
    public void visit(org.commonmark.node.Text text) {
        add(text.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak line) {
        add(" ");
    }

    @Override
    public void visit(HardLineBreak line) {
        add("\n");
    }

    @Override
    public void visit(Code code) {
        styled("help-code", () -> add(code.getLiteral()));
    }

    @Override
    public void visit(Emphasis emphasis) {
        styled("help-emphasis", () -> visitChildren(emphasis));
    }

    @Override
    public void visit(StrongEmphasis strong) {
        styled("help-strong", () -> visitChildren(strong));
    }

    @Override
    public void visit(Link link) {
        Hyperlink shown = new Hyperlink(Markdown.text(link));
        shown.setOnAction(_ -> open.accept(link.getDestination()));
        shown.getStyleClass().add("help-link");
        flow.getChildren().add(shown);
    }

    private void styled(String style, Runnable content) {
        styles.add(style);
        content.run();
        styles.removeLast();
    }

    private void add(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        int from = 0;
        while (from < words.length()) {
            int hit = words.length();
            int end = hit;
            for (String word : wanted) {
                int at = lower.length() == words.length() ? lower.indexOf(word, from) : -1;
                if (at >= 0 && at < hit) {
                    hit = at;
                    end = at + word.length();
                }
            }
            if (hit > from) {
                Text plain = new Text(words.substring(from, hit));
                plain.getStyleClass().add("help-text");
                plain.getStyleClass().addAll(styles);
                flow.getChildren().add(plain);
            }
            if (end > hit) {
                Label marked = new Label(words.substring(hit, end));
                marked.getStyleClass().add("help-hit");
                marked.getStyleClass().addAll(styles);
                flow.getChildren().add(marked);
            }
            from = end;
        }
    }
}
