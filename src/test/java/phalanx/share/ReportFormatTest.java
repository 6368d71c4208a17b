package phalanx.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.Drawing;
import phalanx.net.HopId;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.HopFile;
import phalanx.telemetry.Telemetry;

/** Reports of real captures, read back. */
class ReportFormatTest {
    private static final Instant MADE = Instant.parse("2026-11-21T09:40:07.5Z");
    /** What a name of a capture point may try. */
    private static final String HOSTILE =
            "<script>alert('x')</script>]]> &amp; \u0001\u001b[31m\u202egnp \u05e9\u05dc\u05d5\u05dd \ud800 --> =1+1";

    @TempDir
    private Path folder = Path.of(".");

    private static byte[] written(ReportFormat format, CaseAccount account) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            format.write(account, Provenance.of(account.analysis(), MADE, "Phalanx 9.9", Progress.NONE), out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static String text(ReportFormat format, CaseAccount account) {
        return new String(written(format, account), StandardCharsets.UTF_8);
    }

    private static Document html(CaseAccount account) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(written(ReportFormat.HTML, account)));
    }

    private static Analysis hostile() {
        List<Path> sample = TestPipeline.sample("loss-on-wan-link");
        List<HopFile> files = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            files.add(new HopFile(new HopId(HOSTILE + i), sample.get(i)));
        }
        return switch (TestPipeline.analyzer().analyze(files, Progress.NONE)) {
            case Outcome.Ok<Analysis>(var analysis) -> analysis;
            case Outcome.Failed<Analysis>(var problem) -> throw new AssertionError(problem);
        };
    }

    /** Letters and what stands between them once, wherever lines break. */
    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static long pictures(PDDocument pdf) {
        long pictures = 0;
        for (PDPage page : pdf.getPages()) {
            for (var _ : page.getResources().getXObjectNames()) {
                pictures++;
            }
        }
        return pictures;
    }

    @Test
    void a_pdf_holds_verdict_proof_pictures_and_origin_on_sheets_of_a4() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        CaseAccount account = CaseAccount.of(TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link")));
        try (PDDocument pdf = Loader.loadPDF(written(ReportFormat.PDF, account))) {
            String text = flat(new PDFTextStripper().getText(pdf));
            assertTrue(text.contains(flat(account.analysis().conclusion().summary())), text);
            account.analysis().findings().forEach(told -> assertTrue(text.contains(flat(told.summary())), text));
            assertTrue(text.contains("Made 2026-11-21 09:40:07 UTC by Phalanx 9.9 from 5 captures"), text);
            assertTrue(text.contains("no payload of any packet"), text);
            assertTrue(pdf.getNumberOfPages() >= 2 && pdf.getNumberOfPages() <= 4, pdf.getNumberOfPages() + " pages");
            assertEquals(595, pdf.getPage(0).getMediaBox().getWidth(), 1);
            assertEquals(842, pdf.getPage(0).getMediaBox().getHeight(), 1);
            assertTrue(text.contains("1 of " + pdf.getNumberOfPages()), "pages are numbered");
            assertEquals(5, pictures(pdf), "map, two ladders, what two conversations waited for");
            picture(pdf);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void picture(PDDocument pdf) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        for (int page = 0; page < pdf.getNumberOfPages(); page++) {
            BufferedImage image = new PDFRenderer(pdf).renderImage(page, 1.25f);
            ImageIO.write(
                    image,
                    "png",
                    folder.resolve("report-page-" + (page + 1) + ".png").toFile());
        }
    }

    @Test
    void letter_is_used_where_offices_use_it() {
        assertEquals("letter", Paper.of(Locale.US).css());
        assertEquals("A4", Paper.of(Locale.GERMANY).css());
        assertEquals("A4", Paper.of(Locale.ROOT).css());
    }

    @Test
    void pictures_that_nobody_asked_for_are_left_out() throws Exception {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("mtu-black-hole"));
        Drawing own = new Drawing("The map as arranged", 200, 100, surface -> {
            surface.setColor(Color.RED);
            surface.drawString("arranged by hand", 10, 20);
        });
        CaseAccount bare = new CaseAccount("", analysis, Set.of(), List.of(), Map.of(), List.of(), Telemetry.NONE);
        CaseAccount drawn = new CaseAccount(
                "", analysis, EnumSet.of(CaseAccount.Picture.MAP), List.of(), Map.of(), List.of(own), Telemetry.NONE);
        assertEquals(0, html(bare).getElementsByTagName("figure").getLength());
        Document with = html(drawn);
        assertEquals(2, with.getElementsByTagName("figure").getLength());
        assertTrue(with.getDocumentElement().getTextContent().contains("arranged by hand"));
        assertEquals(
                2,
                html(CaseAccount.of(analysis)).getElementsByTagName("figure").getLength(),
                "map and ladder; a few seconds are no chart");
    }

    @Test
    void what_is_long_enough_is_charted() throws Exception {
        Analysis analysis = TestPipeline.analyze(TestPipeline.talk(folder, 30, 0, 0));
        String charted = html(CaseAccount.of(analysis)).getDocumentElement().getTextContent();
        assertTrue(charted.contains("Over time") && charted.contains("throughput at"), charted);
        CaseAccount plain = new CaseAccount(
                "", analysis, EnumSet.of(CaseAccount.Picture.MAP), List.of(), Map.of(), List.of(), Telemetry.NONE);
        assertFalse(html(plain).getDocumentElement().getTextContent().contains("Over time"));
    }

    @Test
    void what_was_set_aside_stands_apart_with_its_reason_and_notes_are_told() throws Exception {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
        CaseAccount account = new CaseAccount(
                "Slow <uploads>",
                analysis,
                EnumSet.allOf(CaseAccount.Picture.class),
                List.of(new CaseAccount.Note(
                        "Frame 12 at client", "first line\nsecond & line", "2026-11-21T08:00:00Z")),
                Map.of("F2", "The backup does that every night."),
                List.of(),
                Telemetry.NONE);
        for (String report :
                List.of(html(account).getDocumentElement().getTextContent(), text(ReportFormat.MARKDOWN, account))) {
            int apart = report.indexOf("Not a problem");
            assertTrue(apart > 0 && report.indexOf("The backup does that every night.") > apart, report);
            assertTrue(report.contains("Frame 12 at client") && report.contains("second & line"), report);
        }
        Document html = html(account);
        assertEquals("Slow <uploads>", paragraph(html, "case"));
        for (int i = 0; i < html.getElementsByTagName("section").getLength(); i++) {
            assertFalse(((Element) html.getElementsByTagName("section").item(i))
                    .getAttribute("id")
                    .equals("F2"));
        }
    }

    private static String paragraph(Document html, String style) {
        for (int i = 0; i < html.getElementsByTagName("p").getLength(); i++) {
            if (((Element) html.getElementsByTagName("p").item(i))
                    .getAttribute("class")
                    .equals(style)) {
                return html.getElementsByTagName("p").item(i).getTextContent();
            }
        }
        return "";
    }

    @Test
    void the_files_that_it_was_made_from_are_named_with_their_fingerprints() throws Exception {
        List<Path> sample = TestPipeline.sample("mtu-black-hole");
        CaseAccount account = CaseAccount.of(TestPipeline.analyze(sample));
        for (String report : List.of(text(ReportFormat.HTML, account), text(ReportFormat.MARKDOWN, account))) {
            for (Path file : sample) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                assertTrue(report.contains(HexFormat.of().formatHex(digest)), file + " is not in it");
            }
        }
    }

    @Test
    void hostile_names_are_text_in_every_format() throws Exception {
        CaseAccount account = CaseAccount.of(hostile());
        String shown = "<script>alert('x')</script>]]> &amp; ??[31m?gnp \u05e9\u05dc\u05d5\u05dd ? --> =1+1";
        Document html = html(account);
        assertEquals(0, html.getElementsByTagName("script").getLength());
        assertTrue(html.getDocumentElement().getTextContent().contains(shown + "0"));
        try (PDDocument pdf = Loader.loadPDF(written(ReportFormat.PDF, account))) {
            String text = flat(new PDFTextStripper().getText(pdf));
            assertTrue(text.contains("<script>alert('x')</script>]]> &amp; ??[31m?gnp"), text);
        }
        String markdown = text(ReportFormat.MARKDOWN, account);
        assertTrue(markdown.contains("\\<script\\>"), markdown);
        assertFalse(markdown.matches("(?s).*(?<!\\\\)<.*") || markdown.contains("\u001b"), markdown);
    }

    @Test
    void the_same_account_gives_the_same_html() {
        CaseAccount account = CaseAccount.of(TestPipeline.analyze(TestPipeline.sample("nat-and-loss")));
        assertEquals(text(ReportFormat.HTML, account), text(ReportFormat.HTML, account));
    }
}
