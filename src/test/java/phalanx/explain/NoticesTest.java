package phalanx.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Steps of work and problems have German words, whichever source file says them. */
class NoticesTest {
    private static final Language GERMAN = Language.of(Locale.GERMAN);
    private static final Path NOTICES = Path.of("resources", "explain", "de", "notices.txt");

    /** Whose texts the desk shows; what only the command line says stays English. */
    private static final List<String> ROOMS = List.of(
            "capture",
            "decode",
            "stitch",
            "measure",
            "diagnose",
            "explain",
            "redact",
            "rules",
            "casefile",
            "share",
            "show",
            "run",
            "app/pipeline/Pipeline.java",
            "app/DeskExporter.java",
            "app/ProxyCaptures.java");

    /** Calls and variables whose texts become steps, problems and names of jobs. */
    private static final Pattern SAYS = Pattern.compile(
            "(?:new (?:Problem|FilterError|Renewal<>)|(?<![\\w.>])(?:damaged|recovered|stepped|failed|fault|expect|unreadable|invalid|at(?=\\(\"[A-Z]))"
                    + "|progress\\.at|(?:jobs|jobs\\(\\)\\s*|running|work)\\.(?:<\\w+>)?start)\\(|\\b(?:how|why|meant|wrapped) =");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)\\*?}");
    /** Where a text is put together: format specifiers, and what is no sentence: codes and keys. */
    private static final Pattern SEAM = Pattern.compile("%[,\\d.]*[a-z]|PHX-\\d+");

    private static List<String> english() throws IOException {
        return Files.readAllLines(NOTICES).stream()
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .toList();
    }

    /** Up to the bracket that closes the call, or the end of the assignment. */
    private static String said(String source, int from) {
        int depth = source.charAt(from - 1) == '(' ? 1 : 0;
        for (int at = from; at < source.length(); at++) {
            switch (source.charAt(at)) {
                case '"' -> {
                    Matcher literal = LITERAL.matcher(source).region(at, source.length());
                    at = literal.lookingAt() ? literal.end() - 1 : at;
                }
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            if (source.charAt(at) == ';' || depth == 0 && source.charAt(at) == ')') {
                return source.substring(from, at);
            }
        }
        return "";
    }

    private static List<String> pieces(String file, String source) {
        String joined = source.replaceAll("\"\\s*\\+ \"", "").replaceAll("WORDS\\.get\\(\\s*\"[^\"]*\"", "");
        List<String> pieces = new ArrayList<>();
        for (Matcher call = SAYS.matcher(joined); call.find(); ) {
            for (Matcher literal = LITERAL.matcher(said(joined, call.end())); literal.find(); ) {
                for (String piece : SEAM.split(literal.group(1).replace("\\\"", "\""), -1)) {
                    if (piece.matches(".*\\p{L}{3}.*")) {
                        pieces.add(file + ": " + piece);
                    }
                }
            }
        }
        return pieces;
    }

    @Test
    void every_text_of_a_step_or_problem_that_the_desk_may_show_is_in_German() throws IOException {
        String known = english().stream()
                .flatMap(line -> Stream.of(PLACE.split(line, -1)))
                .collect(Collectors.joining("\n"));
        List<String> pieces = new ArrayList<>();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "phalanx", room))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    pieces.addAll(pieces(String.valueOf(file.getFileName()), Files.readString(file)));
                }
            }
        }
        assertTrue(pieces.size() > 200, pieces.size() + " texts");
        assertEquals(
                List.of(),
                pieces.stream()
                        .filter(piece -> !known.contains(piece.substring(piece.indexOf(": ") + 2)))
                        .toList());
    }

    @Test
    void a_translation_has_no_place_that_the_English_lacks() throws IOException {
        for (String line : Files.readAllLines(NOTICES)) {
            int sign = line.indexOf(" = ");
            assertTrue(places(line.substring(0, sign)).containsAll(places(line.substring(sign))), line);
        }
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void no_notice_hides_behind_one_before_it() throws IOException {
        List<String> hidden = new ArrayList<>();
        for (String line : Files.readAllLines(NOTICES)) {
            int sign = line.indexOf(" = ");
            String said = PLACE.matcher(line.substring(0, sign)).replaceAll("_$1_");
            String told = PLACE.matcher(line.substring(sign + 3)).replaceAll("_$1_");
            if (!GERMAN.notice(said).equals(told)) {
                hidden.add(line);
            }
        }
        assertEquals(List.of(), hidden);
    }

    @Test
    void names_stay_as_they_are_and_figures_are_told() {
        assertEquals(
                "client to server 1.5 forward.pcap wird gelesen",
                GERMAN.notice("Reading client to server 1.5 forward.pcap"));
        assertEquals(
                "text endet bei Byte 81.203 mitten in Frame 1.204 (60 Byte nötig, 7 vorhanden).",
                GERMAN.notice("text ends inside frame 1,204 (needs 60 bytes, has 7) at byte 81,203."));
        assertEquals(
                "Filter, Spalte 5: „1.5“ passt nicht zu ip.ttl (Ganzzahl).",
                GERMAN.notice("Filter, column 5: \"1.5\" is no unsigned integer, as ip.ttl is."));
        assertEquals(
                "/tmp/1.5/a konnte nicht geschrieben werden (/tmp/1.5/a: Der Datenträger ist voll).",
                GERMAN.notice("/tmp/1.5/a could not be written (/tmp/1.5/a: No space left on device)."));
        assertEquals("Das Passwort von admin@web1", GERMAN.notice("the password of admin@web1"));
        assertEquals("Es fehlen 1.204 Pakete.", GERMAN.notice("Es fehlen 1.204 Pakete."), "what is told already");
        assertEquals("a does not exist.", Language.ENGLISH.notice("a does not exist."));
    }
}
