package phalanx.show.help;

import org.commonmark.node.Node;

/**
 * A page of the manual.
 *
 * @param id as links name it, without the ending: {@code root-cause}
 * @param title as the contents name it
 * @param document as it was parsed; read only
 * @param text all of it without marks, for searching
 */
public record HelpPage(String id, String title, Node document, String text) {
    static HelpPage of(String id, String title, String markdown) {
        Node document = Markdown.parse(markdown);
        return new HelpPage(id, title, document, Markdown.text(document));
    }
}
