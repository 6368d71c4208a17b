package phalanx.share;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.anim.dom.SVGDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import phalanx.explain.Drawing;

/**
 * A drawing as one SVG element (SVG 1.1): letters stay text, pictures are inside as PNG, no script, nothing fetched. The same drawing
 * always gives the same text. Any thread.
 */
public final class SvgDocument {
    private static final String SVG = SVGDOMImplementation.SVG_NAMESPACE_URI;
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final int DECIMALS = 2;

    private SvgDocument() {}

    /** A whole file. */
    public static String file(Drawing drawing) {
        return DECLARATION + element(drawing, "g") + "\n";
    }

    /** @param id begins all ids in it, so that several may stand in one document */
    static String element(Drawing drawing, String id) {
        Document document = SVGDOMImplementation.getDOMImplementation().createDocument(SVG, "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(DECIMALS);
        context.setIDGenerator(new SVGIDGenerator() {
            private int last;

            @Override
            public String generateID(String prefix) {
                return id + ++last;
            }
        });
        SVGGraphics2D surface = new SVGGraphics2D(context, false);
        drawing.onto().accept(surface);
        Element root = surface.getRoot();
        root.setAttributeNS(
                null, "viewBox", String.format(Locale.ROOT, "0 0 %.0f %.0f", drawing.width(), drawing.height()));
        root.setAttributeNS(null, "width", String.format(Locale.ROOT, "%.0f", drawing.width()));
        root.setAttributeNS(null, "height", String.format(Locale.ROOT, "%.0f", drawing.height()));
        root.setAttributeNS(null, "role", "img");
        root.setAttributeNS(null, "aria-label", drawing.title());
        Element title = document.createElementNS(SVG, "title");
        title.setTextContent(drawing.title());
        root.insertBefore(title, root.getFirstChild());
        clean(root);
        surface.dispose();
        return text(root);
    }

    /** What was drawn may hold characters that no document may. */
    private static void clean(Node node) {
        NamedNodeMap attributes = node.getAttributes();
        for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
            clean(attributes.item(i));
        }
        if (node.getNodeType() != Node.ELEMENT_NODE && node.getNodeValue() != null) {
            node.setNodeValue(XmlText.plain(node.getNodeValue()));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            clean(child);
        }
    }

    private static String text(Element root) {
        StringWriter text = new StringWriter();
        try {
            Transformer serializer = TransformerFactory.newDefaultInstance().newTransformer();
            serializer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            serializer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException("an element in memory can be written", e);
        }
        return text.toString();
    }
}
