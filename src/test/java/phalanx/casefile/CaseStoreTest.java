package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Problem;

class CaseStoreTest {
    private final CaseStore store = new CaseStore("ada", null);

    private static final DockLayout LAYOUT = new DockLayout.Split(
            false,
            List.of(0.2),
            List.of(
                    new DockLayout.Tabs("left", List.of("captures", "notes"), "notes"),
                    new DockLayout.Tabs("centre", List.of("ladder"), null)));

    @AfterEach
    void leave() {
        store.close();
    }

    private static CaseFile content() {
        return new CaseFile(
                CaseFile.VERSION,
                List.of(
                        new CaseFile.Capture("../client.pcapng", "client", "", 0, null),
                        new CaseFile.Capture("../edge.pcapng", "edge <1>", "firewall", 2, -1_500L)),
                List.of(new CaseFile.Note("packet/client/12", "Here it \"ends\"\n\u00e4", "2026-01-01T00:00:00Z")),
                List.of("tcp.port == 80"),
                Map.of("random_loss@edge", "a lab"),
                new CaseFile.Desk(LAYOUT, "tcp", 3, "F1", "client", 12, Map.of("ladder.scale", "TIME")));
    }

    @Test
    void a_case_is_read_as_it_was_written(@TempDir Path folder) {
        Path home = folder.resolve("a.phalanx");
        assertEquals(Outcome.ok(home), store.write(home, content()));
        assertTrue(CaseStore.isCase(home));
        assertEquals(Outcome.ok(content()), store.read(home));
    }

    @Test
    void a_damaged_case_names_file_line_and_column(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("case.json"), "{\n  \"version\": 1,\n  \"captures\": [ {]\n}");
        Problem problem =
                assertInstanceOf(Outcome.Failed.class, store.read(folder)).problem();
        assertEquals("PHX-6002", problem.code());
        assertTrue(problem.what().contains("case.json, line 3, column 18"), problem.what());
    }

    @Test
    void what_others_added_is_left_out_and_what_is_missing_has_defaults(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("case.json"),
                "{\"version\": 1, \"weather\": \"fine\", \"captures\": [{\"file\": \"a.pcap\"}], \"notes\": [{}],"
                        + " \"desk\": {}}");
        CaseFile read = assertInstanceOf(CaseFile.class, ((Outcome.Ok<?>) store.read(folder)).value());
        assertEquals(List.of(new CaseFile.Capture("a.pcap", "capture", "", 0, null)), read.captures());
        assertEquals(Map.of(), read.dismissed());
        assertEquals(new CaseFile.Desk(null, "", 0, "", "", 0, Map.of()), read.desk());
    }

    @Test
    void a_case_of_a_newer_program_and_one_without_captures_are_refused(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("case.json"), "{\"version\": 7, \"captures\": [{\"file\": \"a.pcap\"}]}");
        assertEquals(
                "PHX-6004",
                assertInstanceOf(Outcome.Failed.class, store.read(folder))
                        .problem()
                        .code());
        Files.writeString(folder.resolve("case.json"), "{\"version\": 1}");
        assertEquals(
                "PHX-6002",
                assertInstanceOf(Outcome.Failed.class, store.read(folder))
                        .problem()
                        .code());
    }

    @Test
    void a_write_that_fails_leaves_what_was_there(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("b.phalanx");
        Path there = Files.createDirectories(home.resolve("case.journal")).resolve("something.txt");
        Files.writeString(there, "in the way");
        Problem problem = assertInstanceOf(Outcome.Failed.class, store.write(home, content()))
                .problem();
        assertEquals("PHX-6003", problem.code());
        assertEquals("in the way", Files.readString(there));
        try (var left = Files.list(home)) {
            assertEquals(
                    List.of("case.journal", "case.lock"),
                    left.map(file -> String.valueOf(file.getFileName()))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void captures_beside_a_case_move_with_it_and_others_keep_their_address(@TempDir Path folder) {
        Path home = folder.resolve("x").resolve("c.phalanx");
        assertEquals("../client.pcap", CaptureAddress.of(home, folder.resolve("x/client.pcap")));
        assertEquals("inside.pcap", CaptureAddress.of(home, home.resolve("inside.pcap")));
        Path far = folder.resolve("far.pcap").toAbsolutePath();
        assertEquals(far.toString(), CaptureAddress.of(home, far));
        for (Path capture : List.of(folder.resolve("x/client.pcap"), far)) {
            assertEquals(capture.toAbsolutePath(), CaptureAddress.file(home, CaptureAddress.of(home, capture)));
        }
    }

    @Test
    void settings_that_are_not_understood_are_told_of_and_left_alone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("settings.json");
        SettingsStore settings = new SettingsStore(file);
        assertEquals(Outcome.ok(Settings.DEFAULT), settings.read());
        Settings other = Settings.DEFAULT.withAppearance("dark").withTextPercent(900);
        assertEquals(Settings.MOST_TEXT, other.textPercent());
        settings.write(other);
        assertEquals(Outcome.ok(other), settings.read());
        Files.writeString(file, "dark, please");
        assertInstanceOf(Outcome.Failed.class, settings.read());
        assertEquals("dark, please", Files.readString(file));
    }

    @Test
    void settings_lie_where_the_system_keeps_them() {
        Path home = Path.of("/home/ada");
        assertEquals(
                Path.of("/home/ada/.config/phalanx/settings.json"), SettingsStore.usualFile(Map.of(), "Linux", home));
        assertEquals(
                Path.of("/x/phalanx/settings.json"),
                SettingsStore.usualFile(Map.of("XDG_CONFIG_HOME", "/x"), "Linux", home));
        assertEquals(
                Path.of("/home/ada/Library/Application Support/phalanx/settings.json"),
                SettingsStore.usualFile(Map.of(), "Mac OS X", home));
    }
}
