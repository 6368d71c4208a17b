package phalanx.share;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import phalanx.explain.CaseAccount;

/** The report in HTML laid out on sheets; its pictures stay drawings. Needs no display, fetches nothing. Any thread. */
final class PdfReport {
    private static final String LETTERS = "Liberation Sans";
    private static final int NORMAL = 400;
    /** Bold is one of PDF's own fonts; for letters that it lacks the other steps in. */
    private static final Set<FSFontUseCase> LAST = EnumSet.of(FSFontUseCase.FALLBACK_FINAL);

    static {
        FontMappers.set(new PdfFonts());
        XRLog.setLoggingEnabled(false);
    }

    private final HtmlReport html;

    PdfReport(HtmlReport html) {
        this.html = html;
    }

    /** @param out stays open */
    void write(CaseAccount account, Paper paper, OutputStream out) throws IOException {
        StringWriter text = new StringWriter();
        html.write(account, text);
        Document document = parsed(text.toString());
        dress(document, paper);
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useFastMode()
                .useUriResolver((_, _) -> null)
                .useSVGDrawer(new BatikSVGDrawer(
                        BatikSVGDrawer.SvgScriptMode.SECURE, BatikSVGDrawer.SvgExternalResourceMode.SECURE))
                .useFont(PdfFonts::letters, LETTERS, NORMAL, FontStyle.NORMAL, true)
                .useFont(PdfFonts::letters, LETTERS, NORMAL, FontStyle.NORMAL, true, LAST)
                .withProducer("Phalanx")
                .withW3cDocument(document, null)
                .toStream(out)
                .run();
    }

    /** What the sheets need beside what every reader gets: their size, fonts, and the colours inside each picture, where no page's style reaches. */
    private static void dress(Document document, Paper paper) throws IOException {
        Element style = document.createElement("style");
        style.setTextContent("@page { size: " + paper.css() + " portrait }\n" + Resource.text("/share/paper.css"));
        document.getElementsByTagName("head").item(0).appendChild(style);
        String colours = Resource.text("/share/picture.css");
        NodeList pictures = document.getElementsByTagName("svg");
        for (int i = 0; i < pictures.getLength(); i++) {
            if (!(pictures.item(i) instanceof Element picture)
                    || !picture.getAttribute("class").equals("picture")) {
                continue; // it has its colours in itself
            }
            Element own = document.createElementNS("http://www.w3.org/2000/svg", "style");
            own.setAttribute("type", "text/css");
            own.setTextContent(colours);
            picture.insertBefore(own, picture.getFirstChild());
        }
    }

    private static Document parsed(String html) throws IOException {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newDefaultNSInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parsers.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("the HTML report is well-formed XML", e);
        }
    }
}
