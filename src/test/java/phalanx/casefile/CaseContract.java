package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.casefile.CaseWriter.ok;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Progress;

/** What holds wherever a case is kept. */
abstract class CaseContract {
    static final CaseFile.Note NOTE = new CaseFile.Note("packet/client/12", "here it ends", "2026-01-01T00:00:00Z");
    static final CaseFile CONTENT = new CaseFile(
            CaseFile.VERSION,
            List.of(
                    new CaseFile.Capture("../client.pcapng", "client", "", 0, null),
                    new CaseFile.Capture("../edge.pcapng", "edge <1>", "firewall", 2, -1_500L)),
            List.of(NOTE, new CaseFile.Note("case", "Grüße 😀 \"'; DROP TABLE note; --", "2026-01-01T00:00:01Z")),
            List.of("tcp.port == 80", "udp"),
            Map.of("random_loss@edge", "a lab"),
            new CaseFile.Desk(
                    new DockLayout.Tabs("left", List.of("notes"), null),
                    "tcp",
                    3,
                    "F1",
                    "client",
                    12,
                    Map.of("a", "b")),
            List.of(new CaseFile.Bookmark("packet/client/3", "frame 3 at client", "2026-01-01T00:00:02Z")),
            List.of("../eve.json", "/var/log/zeek/conn.log"));

    @TempDir
    Path folder;

    /** A store as one user's Phalanx has it. */
    abstract CaseStore store(String user);

    Path home() {
        return folder.resolve("a" + CaseStore.ENDING);
    }

    @Test
    void what_a_user_keeps_is_there_for_the_next_one_and_the_trail_says_who_kept_it() {
        try (CaseStore ada = store("ada")) {
            assertEquals(home(), ok(ada.write(home(), CONTENT)));
            assertTrue(CaseStore.isCase(home()));
            assertEquals(CONTENT, ok(ada.read(home())));
        }
        try (CaseStore eve = store("eve")) {
            assertEquals(CONTENT, ok(eve.read(home())));
            CaseFile less = new CaseFile(
                    CaseFile.VERSION, CONTENT.captures(), List.of(NOTE), List.of(), Map.of(), CONTENT.desk());
            ok(eve.write(home(), less));
            assertEquals(less, ok(eve.read(home())));
            assertEquals(
                    List.of(
                            "note-removed",
                            "dismissal-taken-back",
                            "bookmark-removed",
                            "filters-saved",
                            "imports-named"),
                    ok(ok(eve.open(home())).trail()).stream()
                            .filter(entry -> entry.who().equals("eve"))
                            .map(entry -> entry.what().word())
                            .toList());
        }
    }

    @Test
    void the_same_content_kept_again_is_no_change() {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            int entries = ok(ok(ada.open(home())).trail()).size();
            ok(ada.write(home(), CONTENT));
            assertEquals(entries, ok(ok(ada.open(home())).trail()).size());
        }
    }

    @Test
    void texts_that_a_database_refuses_are_kept_as_near_as_can_be() {
        try (CaseStore ada = store("ada")) {
            CaseFile.Note odd = new CaseFile.Note("case", "a\0b\ud83dc", "2026-01-01T00:00:00Z");
            ok(ada.write(
                    home(),
                    new CaseFile(CaseFile.VERSION, CONTENT.captures(), List.of(odd), List.of(), Map.of(), null)));
            assertEquals("a\ufffdb?c", ok(ada.read(home())).notes().getFirst().text());
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    @Test
    void what_the_agents_did_and_remember_is_kept_and_sound() {
        Change.Remembered precedent = new Change.Remembered(
                "INC-1",
                "2026-01-01T00:00:00Z",
                "users: errors high",
                "AAECAw==",
                "slow-query",
                "policy",
                "restart",
                true);
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            ok(ok(ada.open(home())).record("curator", new Change.Stepped("INC-1", "{}"), precedent));
            assertEquals(List.of(precedent), ok(ok(ada.open(home())).precedents(10)));
            assertEquals(1, ok(ok(ada.open(home())).steps(10)).size());
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    @Test
    void what_is_longer_than_the_trail_takes_is_refused_and_not_half_kept() {
        CaseFile.Note quotes =
                new CaseFile.Note("case", "\"".repeat(600_000), "2026-01-01T00:00:00Z"); // twice as long as JSON
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            assertTrue(ok(ada.open(home())).record(new Change.NoteWritten(quotes)) instanceof Outcome.Failed);
            ok(ok(ada.open(home())).record(new Change.NoteWritten(NOTE)));
            ada.leave(null);
            assertEquals(List.of(), records(ada));
            assertEquals(3, ok(ada.read(home())).notes().size());
        }
    }

    static Change bookmarked(String about, String title) {
        return new Change.Bookmarked(new CaseFile.Bookmark(about, title, "2026-01-01T00:00:00Z"));
    }

    /** Of bookmarks, by what they are on. */
    static Map<String, String> titles(Case open) {
        return ok(open.content()).bookmarks().stream()
                .collect(Collectors.toMap(CaseFile.Bookmark::about, CaseFile.Bookmark::title));
    }

    /** What is wrong with the records. */
    List<String> records(CaseStore store) {
        return ok(store.check(home(), Progress.NONE)).faults().stream()
                .filter(problem -> !problem.code().equals(CaptureHashes.CHANGED)) // there are no captures
                .map(problem -> problem.code() + " " + problem.what().replace(home().toString(), ""))
                .toList();
    }

    @Test
    void votes_decisions_timeline_and_bookmarks_are_kept_with_who_and_when() {
        Change.Voted vote = new Change.Voted("p1", "scout", true, 0.75, Change.Choice.VETO, "too risky");
        Change.Decided decision = new Change.Decided("p1", Change.Verdict.ESCALATED, "a veto");
        Change.Told later = new Change.Told("2026-01-01T10:00:00Z", "desk", "note", "then", "case");
        Change.Told earlier = new Change.Told("2026-01-01T09:00:00Z", "analysis", "verdict", "first", "");
        Instant before = Instant.now().minusSeconds(5);
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            Case open = ok(ada.open(home()));
            ok(open.record("scout", vote));
            ok(open.record(decision, later, earlier, bookmarked("packet/edge/1", "start")));
            ok(open.record(bookmarked("case", "x"), new Change.BookmarkRemoved("case")));
        }
        try (CaseStore eve = store("eve")) {
            Case open = ok(eve.open(home()));
            Recorded<Change.Voted> voted = ok(open.votes()).getFirst();
            assertEquals(vote, voted.what());
            assertEquals("scout", voted.who());
            assertTrue(Instant.parse(voted.at()).isAfter(before));
            assertEquals(decision, ok(open.decisions()).getFirst().what());
            assertEquals("ada", ok(open.decisions()).getFirst().who());
            assertEquals(
                    List.of(earlier, later),
                    ok(open.timeline()).stream().map(Recorded::what).toList());
            assertEquals("start", titles(open).get("packet/edge/1"));
            assertFalse(titles(open).containsKey("case"));
        }
    }

    /** Gives up after some batches. */
    private static Progress patience(int batches) {
        int[] left = {batches};
        return new Progress() {
            @Override
            public void at(String step, long done, long total) {}

            @Override
            public boolean cancelled() {
                return left[0]-- <= 0;
            }
        };
    }

    @Test
    void what_was_found_goes_on_where_it_was_interrupted_and_another_answer_takes_its_place() {
        Derived found = CaseWriter.found("x");
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            Case open = ok(ada.open(home()));
            assertThrows(Progress.Cancelled.class, () -> open.keepDerived(found, patience(2)));
            int kept = ok(open.derived()).conversations().size();
            assertTrue(kept > 0 && kept < found.conversations().size(), kept + " rows");
        }
        try (CaseStore eve = store("eve")) {
            Case open = ok(eve.open(home()));
            int[] begun = {-1};
            ok(open.keepDerived(found, new Progress() {
                @Override
                public void at(String step, long done, long total) {}

                @Override
                public boolean cancelled() {
                    begun[0]++;
                    return false;
                }
            }));
            assertEquals(found, ok(open.derived()));
            assertTrue(begun[0] < 7, "it went on: " + begun[0] + " batches");
            Derived other = CaseWriter.found("y");
            ok(open.keepDerived(other, Progress.NONE));
            assertEquals(other, ok(open.derived()));
            assertEquals(List.of(), records(eve));
        }
    }

    @Test
    void the_second_one_reads_what_was_saved_and_is_told_why_it_cannot_write() {
        try (CaseStore ada = store("ada");
                CaseStore eve = store("eve")) {
            ok(ada.write(home(), CONTENT));
            assertTrue(ada.readOnly(home()).isEmpty());
            assertEquals(CONTENT, ok(eve.read(home())));
            assertTrue(eve.readOnly(home()).orElseThrow().what().contains("open in another Phalanx"));
            assertEquals(eve.readOnly(home()).stream().toList(), eve.notices(home()));
            assertEquals(
                    CaseDatabase.READ_ONLY,
                    assertInstanceOf(Outcome.Failed.class, eve.write(home(), CONTENT.withDesk(null)))
                            .problem()
                            .code());
            ok(ok(ada.open(home())).record(new Change.Told("2026-01-01T00:00:00Z", "desk", "note", "still ours", "")));
            ada.leave(null);
            eve.leave(null);
            ok(eve.write(home(), CONTENT.withDesk(null)));
            assertEquals(CONTENT.withDesk(null), ok(eve.read(home())));
            assertEquals(
                    "still ours",
                    ok(ok(eve.open(home())).timeline()).getFirst().what().text());
        }
    }

    @Test
    void a_capture_that_changed_since_is_told_of() throws Exception {
        Path capture = folder.resolve("client.pcapng");
        Files.writeString(capture, "as it was");
        CaseFile content = new CaseFile(
                CaseFile.VERSION,
                List.of(new CaseFile.Capture("../client.pcapng", "client", "", 0, null)),
                List.of(),
                List.of(),
                Map.of(),
                null);
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), content));
            assertEquals(true, ok(ada.keepFound(home(), CaseWriter.found("x"), "Loss.", false, Progress.NONE)));
            assertEquals(false, ok(ada.keepFound(home(), CaseWriter.found("x"), "Loss.", false, Progress.NONE)));
            assertEquals(List.of(), ok(ada.check(home(), Progress.NONE)).faults());
            Files.writeString(capture, "as it is!");
            assertEquals(
                    List.of(CaptureHashes.otherThanKept(capture)),
                    ok(ada.check(home(), Progress.NONE)).faults(),
                    "of the same size, by its hash");
            Files.setLastModifiedTime(capture, FileTime.fromMillis(1));
            ok(ada.read(home()));
            ok(ada.keepFound(home(), CaseWriter.found("x"), "Loss.", false, Progress.NONE));
            assertEquals(1, ok(ada.check(home(), Progress.NONE)).faults().size(), "not unless it is meant to");
            ok(ada.read(home()));
            ok(ada.keepFound(home(), CaseWriter.found("x"), "Loss.", true, Progress.NONE));
            assertEquals(List.of(), ok(ada.check(home(), Progress.NONE)).faults(), "now it is that of the case");
            Files.writeString(capture, "longer than it was");
            ada.leave(null);
            ok(ada.read(home()));
            assertEquals(List.of(CaptureHashes.otherThanKept(capture)), ada.notices(home()), "by its size, at once");
            Files.delete(capture);
            assertEquals(
                    CaptureHashes.CHANGED,
                    ok(ada.check(home(), Progress.NONE)).faults().getFirst().code());
        }
    }

    @Test
    void tables_are_made_anew_from_the_trail() {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            ok(ok(ada.open(home())).keepDerived(CaseWriter.found("x"), Progress.NONE));
            int entries = ok(ok(ada.open(home())).trail()).size();
            assertEquals("All " + entries + " entries of the audit trail are there.", ok(ada.rebuild(home())));
            assertEquals(CONTENT, ok(ada.read(home())));
            assertEquals(List.of(), ok(ok(ada.open(home())).derived()).conversations(), "to be found anew");
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }
}
