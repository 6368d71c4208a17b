package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseFile;
import phalanx.casefile.Profile;
import phalanx.casefile.SettingsStore;
import phalanx.decode.filter.DisplayFilter;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;
import phalanx.show.Screen;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.show.export.ExportFormat;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;

/** What goes wrong, and what is under way, is told to a German user in German, by the real stages. */
class ToldTest {
    /** Shorter pieces of a sentence are words that German knows, too. */
    private static final int TELLING = 7;

    @TempDir
    Path folder;

    @BeforeEach
    void german() {
        Words.use(Locale.GERMAN);
    }

    @AfterEach
    void english() {
        Words.use(Locale.ENGLISH);
    }

    /** What English says around names and figures. */
    private static List<String> templates() {
        try (Stream<String> lines = Files.lines(Path.of("resources", "explain", "de", "notices.txt"))) {
            return lines.map(line -> line.substring(0, line.indexOf(" = ")))
                    .flatMap(english -> Arrays.stream(english.split("\\{\\d\\*?}", -1)))
                    .filter(piece -> piece.length() >= TELLING && piece.contains(" "))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertGerman(String english, String told) {
        assertNotEquals(english, told);
        assertEquals(List.of(), templates().stream().filter(told::contains).toList(), told);
    }

    private static void assertGerman(Problem problem) {
        Problem told = Told.problem(problem);
        assertGerman(problem.what(), told.what());
        assertGerman(problem.remedy(), told.remedy());
        assertEquals(problem.code(), told.code());
        assertEquals(problem.offset(), told.offset());
    }

    private static <T> Problem problem(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Failed<T>(var problem) -> problem;
            case Outcome.Ok<T>(var value) -> throw new AssertionError(value + " went well");
        };
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path gzipped(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    private List<Problem> problems(List<Path> files) {
        return switch (TestPipeline.analyzer().analyze(HopNames.name(files), Progress.NONE)) {
            case Outcome.Failed<Analysis>(var problem) -> List.of(problem);
            case Outcome.Ok<Analysis>(var analysis) -> {
                List<Problem> all = new ArrayList<>(analysis.problems());
                analysis.stitched()
                        .captures()
                        .forEach(point -> all.addAll(point.capture().problems()));
                yield all;
            }
        };
    }

    @Test
    void files_that_are_no_captures_and_captures_that_are_damaged() throws IOException {
        byte[] words = "this is no capture at all".getBytes(StandardCharsets.UTF_8);
        byte[] whole = Files.readAllBytes(TestPipeline.sample("slow-server").getFirst());
        byte[] zipped = Files.readAllBytes(gzipped("whole.gz", whole));
        byte[] bitten = whole.clone();
        Arrays.fill(bitten, whole.length / 2, whole.length / 2 + 5000, (byte) 0x55);
        Path strangers = Files.createDirectory(folder.resolve("strangers"));
        List<List<Path>> bad = List.of(
                List.of(write("notes.txt", words)),
                List.of(gzipped("notes.pcap.gz", words)),
                List.of(write("empty.pcap", new byte[0])),
                List.of(write("a.zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0})),
                List.of(write("a.cap", new byte[] {'G', 'M', 'B', 'U', 0, 0, 0, 0})),
                List.of(folder.resolve("gone.pcap")),
                List.of(Files.createDirectory(folder.resolve("nothing"))),
                List.of(write("cut to half 1.5.pcapng", Arrays.copyOf(whole, whole.length * 2 / 3 + 1))),
                List.of(write("bitten.pcapng", bitten)),
                List.of(write("cut.pcap.gz", Arrays.copyOf(zipped, zipped.length / 2))),
                List.of(
                        TestPipeline.talk(strangers, 5, 0, 0).getFirst(),
                        TestPipeline.sample("slow-server").getFirst()),
                IntStream.range(0, 65)
                        .mapToObj(i -> folder.resolve(i + ".pcap"))
                        .toList());
        TreeSet<String> codes = new TreeSet<>();
        for (List<Path> files : bad) {
            List<Problem> told = problems(files);
            assertTrue(!told.isEmpty(), files + " went well");
            told.forEach(ToldTest::assertGerman);
            told.forEach(problem -> codes.add(problem.code()));
        }
        assertEquals(
                "[PHX-1001, PHX-1002, PHX-1004, PHX-1005, PHX-1006, PHX-1010, PHX-2001, PHX-2002]", codes.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp.prot == 80",
                "ip.ttl == 1.5",
                "ip.ttl == 999",
                "ip.ttl ==",
                "ip.src == 10.0.0",
                "tcp.port == \"a",
                "(tcp",
                "tcp )",
                "ip.ttl in 5",
                "ip.ttl in {5",
                "tcp > 5",
                "ip.src == ip.ttl",
                "ip.ttl contains 5",
                "ip.ttl matches 5",
                "http.request.method matches \"[\"",
                "tcp contains",
                "len(ip.ttl) > 2",
                "count(ip.ttl)",
                "lower(ip.ttl) == a",
                "tcp[a:b] == 1",
                "ip.src & 5",
                "== 5",
                "tcp &&",
                "tcp.analysis.retransmission == 1",
                "tcp.analysis.retransmission in {1}",
                "frame.time[1] == 1",
                "$",
                "'ab'"
            })
    void filters_that_are_not_understood(String filter) {
        Problem problem = problem(DisplayFilter.parse(filter));
        assertGerman(problem);
    }

    @Test
    void cases_profiles_settings_and_results_that_cannot_be_read_or_written() throws IOException {
        Path file = write("a file", new byte[] {1});
        CaseFile empty = new CaseFile(CaseFile.VERSION, List.of(), List.of(), List.of(), Map.of(), null);
        assertGerman(problem(DeskTest.cases().write(file.resolve("case"), empty)));
        assertGerman(problem(DeskTest.cases().read(folder.resolve("gone"))));
        assertGerman(problem(Profile.read(write("other.json", "{\"version\": 7}".getBytes(StandardCharsets.UTF_8)))));
        assertGerman(problem(
                new SettingsStore(write("settings.json", "{\n  broken".getBytes(StandardCharsets.UTF_8))).read()));
        for (Path place : List.of(folder.resolve("no/such/a.pdf"), file.resolve("a.pdf"))) {
            try {
                WholeFile.write(place, out -> place);
                throw new AssertionError("was written");
            } catch (IOException e) {
                assertGerman(WholeFile.notWritten(place, e));
            }
        }
    }

    @Test
    void work_that_was_given_up_or_failed() {
        List<Problem> told = new ArrayList<>();
        for (RuntimeException thrown : List.of(new Progress.Cancelled(), new IllegalStateException("a test's"))) {
            Screen.AT_ONCE.<String>start(
                    "draw charts",
                    _ -> {
                        throw thrown;
                    },
                    _ -> {},
                    outcome -> told.add(problem(outcome)));
        }
        told.forEach(ToldTest::assertGerman);
        assertEquals(
                "Abgebrochen: Diagramme zeichnen.",
                Told.problem(told.getFirst()).what());
    }

    @Test
    void every_step_of_an_analysis_and_of_its_report() throws IOException {
        TreeSet<String> steps = new TreeSet<>();
        Progress noting = new Progress() {
            @Override
            public void at(String step, long done, long total) {
                steps.add(step);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        List<HopFile> talk = HopNames.name(TestPipeline.talk(folder, 200, 90, 95));
        switch (TestPipeline.analyzer().analyze(talk, noting)) {
            case Outcome.Ok<Analysis>(var analysis) ->
                TestPipeline.exporter()
                        .report(
                                CaseAccount.of(analysis),
                                ExportFormat.MARKDOWN,
                                OutputStream.nullOutputStream(),
                                noting);
            case Outcome.Failed<Analysis>(var problem) -> throw new AssertionError(problem);
        }
        assertTrue(steps.contains("Looking for unusual stretches") && steps.contains("Writing the report"), "" + steps);
        steps.forEach(step -> assertGerman(step, Told.step(step)));
    }

    @Test
    void the_desk_shows_none_of_it_in_English() throws IOException {
        List<Path> sample = TestPipeline.sample("slow-server");
        byte[] whole = Files.readAllBytes(sample.getFirst());
        List<Path> partly = new ArrayList<>(sample);
        partly.set(0, write("cut.pcapng", Arrays.copyOf(whole, whole.length * 2 / 3 + 1)));
        Path text = write("notes.txt", new byte[] {'n', 'o', 'n', 'e'});
        List<String> looked = new ArrayList<>();
        Scenes.Visit visit = new Scenes.Visit(900, 700, 100, folder, shown -> {
            looked.add(shown.name());
            assertGerman("", String.join("\n", texts(shown.scene())));
        });
        try (OpenDesk open = OpenDesk.open(visit)) {
            Screen.run(() -> open.desk().open(List.of(text)));
            open.look("failed");
            Screen.run(() -> open.desk().open(partly));
            open.look("partly");
            Screen.run(() -> open.desk().omniboxModel().typed("ip.ttl == 1.5"));
            open.look("wrong filter");
        }
        Deque<Runnable> back = new ArrayDeque<>();
        try (OpenDesk open = OpenDesk.open(visit, new Jobs(Runnable::run, back::add))) {
            Screen.run(() -> open.desk().open(sample));
            Screen.run(() -> back.remove().run());
            open.look("first step");
        }
        assertEquals(4, looked.size());
    }

    private static List<String> texts(Scene scene) {
        return Screen.all(scene.getRoot()).stream()
                .filter(Labeled.class::isInstance)
                .map(node -> ((Labeled) node).getText())
                .filter(text -> text != null && !text.isEmpty())
                .toList();
    }
}
