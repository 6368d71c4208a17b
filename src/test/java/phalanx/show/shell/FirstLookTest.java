package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.run.Jobs;
import phalanx.run.Problem;
import phalanx.stitch.CapturePoint;

/** Of large captures the beginning is on the desk first, and says so. */
class FirstLookTest {
    private static final int SECONDS = 1300;

    @TempDir
    Path folder;

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Queue<Runnable> behindLayout = new ArrayDeque<>();
    private final DeskViewModel desk = new DeskViewModel(
            TestPipeline.analyzer(), DeskTest.cases(), new Jobs(work::add, Runnable::run), behindLayout::add);
    private List<Path> files = List.of();

    @BeforeEach
    void captures() {
        files = TestPipeline.talk(folder, SECONDS, 0, 0);
    }

    private Analysis answer() {
        return assertInstanceOf(DeskViewModel.State.Answered.class, desk.state().get())
                .analysis();
    }

    private static List<String> codes(Analysis analysis) {
        return analysis.problems().stream().map(Problem::code).toList();
    }

    private static long packets(Analysis analysis) {
        return analysis.stitched().captures().stream()
                .map(CapturePoint::packets)
                .mapToLong(table -> table.size())
                .sum();
    }

    @Test
    void the_beginning_is_answered_first_and_the_whole_takes_its_place() {
        desk.open(files);
        assertInstanceOf(DeskViewModel.State.Loading.class, desk.state().get());
        work.remove().run(); // finds them
        work.remove().run();
        Analysis first = answer();
        assertFalse(first.whole());
        assertEquals("PHX-2004", codes(first).getFirst());
        assertEquals(3 * 3_333, packets(first));
        assertEquals(
                3_333,
                first.stitched().captures().getFirst().capture().summary().frames());
        assertTrue(work.isEmpty(), "the rest is read beside the first picture");
        behindLayout.remove().run();
        assertNotNull(desk.renewing().get());
        work.remove().run();
        Analysis whole = answer();
        assertTrue(whole.whole());
        assertFalse(codes(whole).contains("PHX-2004"));
        assertEquals(SECONDS * 8L * 3, packets(whole));
        assertNull(desk.renewing().get());
        assertTrue(work.isEmpty());
    }

    @Test
    void who_gives_up_keeps_the_first_look_and_may_ask_anew() {
        desk.open(files);
        work.remove().run(); // finds them
        work.remove().run();
        behindLayout.remove().run();
        desk.cancel();
        work.remove().run();
        assertFalse(answer().whole());
        assertNull(desk.renewing().get());
        desk.reload();
        work.remove().run();
        assertTrue(answer().whole());
    }

    @Test
    void who_closes_before_the_first_look_is_seen_reads_no_more() {
        desk.open(files);
        work.remove().run(); // finds them
        work.remove().run();
        desk.close();
        behindLayout.remove().run();
        assertTrue(work.isEmpty());
    }

    @Test
    void a_rehearsal_is_seen_by_nobody_and_gives_way() {
        desk.rehearse(List.of(Path.of("sample-pcaps/slow-server")));
        work.remove().run();
        assertInstanceOf(DeskViewModel.State.Welcome.class, desk.state().get());
        desk.rehearse(List.of(Path.of("sample-pcaps/slow-server")));
        desk.open(files);
        work.remove().run();
        work.remove().run();
        work.remove().run();
        assertFalse(answer().whole());
        desk.rehearse(List.of(Path.of("sample-pcaps/slow-server")));
        assertTrue(work.isEmpty(), "a rehearsal beside an answer");
    }

    @Test
    void small_captures_are_answered_whole_at_once() {
        desk.open(TestPipeline.sample("slow-server"));
        work.remove().run();
        work.remove().run();
        assertTrue(answer().whole());
        assertTrue(work.isEmpty());
    }
}
