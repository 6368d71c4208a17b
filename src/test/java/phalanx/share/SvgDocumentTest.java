package phalanx.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import phalanx.explain.Drawing;

class SvgDocumentTest {
    private static final String HOSTILE = "</text><script>alert(1)</script>]]>\u0000\u0007\u202e\ud800\uffff";

    private static final Drawing DRAWING = new Drawing(HOSTILE, 120, 80, surface -> {
        surface.setColor(Color.WHITE);
        surface.fillRect(0, 0, 120, 80);
        surface.setColor(new Color(0, 0x72, 0xb2));
        surface.fillRect(10, 10, 40, 40);
        surface.draw(new Line2D.Double(60.12345, 10, 60.12345, 70));
        surface.clipRect(0, 0, 110, 80);
        surface.drawString(HOSTILE, 5, 75);
        BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 100; i++) {
            image.setRGB(i % 10, i / 10, 0xffd55e00);
        }
        surface.drawImage(image, 80, 20, null);
    });

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hostile_text_stays_text_in_a_well_formed_document() throws Exception {
        String svg = SvgDocument.file(DRAWING);
        Document document = parsed(svg);
        assertEquals("svg", document.getDocumentElement().getLocalName());
        assertEquals(0, document.getElementsByTagNameNS("*", "script").getLength());
        assertEquals("0 0 120 80", document.getDocumentElement().getAttribute("viewBox"));
        assertEquals(
                "</text><script>alert(1)</script>]]>?????",
                document.getElementsByTagNameNS("*", "text")
                        .item(0)
                        .getTextContent()
                        .strip());
        assertFalse(svg.contains("<!DOCTYPE") || svg.contains("ENTITY"), svg);
    }

    @Test
    void the_same_drawing_gives_the_same_text_and_two_in_one_page_do_not_share_ids() {
        assertEquals(SvgDocument.file(DRAWING), SvgDocument.file(DRAWING));
        String first = SvgDocument.element(DRAWING, "a-");
        assertTrue(first.contains("id=\"a-"), first);
        assertFalse(SvgDocument.element(DRAWING, "b-").contains("id=\"a-"));
        assertTrue(first.contains("60.12") && !first.contains("60.123"), "two decimals are enough");
    }

    @Test
    void another_program_draws_the_same_picture() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        new PNGTranscoder()
                .transcode(new TranscoderInput(new StringReader(SvgDocument.file(DRAWING))), new TranscoderOutput(png));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        assertEquals(120, image.getWidth());
        assertEquals(0xff0072b2, image.getRGB(30, 30));
        assertEquals(0xffd55e00, image.getRGB(85, 25));
        assertEquals(0xffffffff, image.getRGB(115, 5));
    }
}
