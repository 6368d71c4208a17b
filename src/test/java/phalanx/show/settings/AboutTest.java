package phalanx.show.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javafx.scene.Scene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.casefile.Settings;
import phalanx.run.Outcome;
import phalanx.run.RecentLog;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.SystemFileDialogs;
import phalanx.show.Theme;

/** What Phalanx says of itself: its libraries with licences, and what a report of a fault holds. */
class AboutTest {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    @Test
    void every_library_of_the_program_is_listed_with_its_licence() throws IOException {
        List<Library> libraries = Library.all();
        Set<String> names = libraries.stream().map(Library::name).collect(Collectors.toSet());
        String pom = Files.readString(Path.of("pom.xml"));
        String ours = pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
        List<String> wanted = DEPENDENCY
                .matcher(ours)
                .results()
                .filter(found -> !found.group(3).contains("<scope>test"))
                .map(found -> found.group(1) + ":" + found.group(2))
                .distinct()
                .toList();
        assertTrue(wanted.size() > 20, wanted.toString());
        wanted.forEach(name -> assertTrue(names.contains(name), name + " is not in " + names));
        assertEquals(
                List.of(),
                libraries.stream()
                        .filter(library -> library.licence().isEmpty())
                        .toList());
        assertTrue(libraries.size() > wanted.size(), "those of libraries, too");
        Scene scene = Screen.on(() -> Look.scene(new AboutView(), Theme.LIGHT, 720, 560, 100));
        Screen.picture(scene, "about-light");
    }

    @Test
    void diagnostics_hold_no_paths(@TempDir Path folder) throws IOException {
        RecentLog log = RecentLog.listen();
        System.getLogger("phalanx.test")
                .log(
                        System.Logger.Level.WARNING,
                        "cannot read /home/ann/traces/client.pcapng, C:\\traces\\a.pcap (5/6 done)");
        Diagnostics diagnostics = Diagnostics.of(
                Settings.DEFAULT
                        .withRecent(List.of(List.of("/home/ann/secret.pcapng")))
                        .withFilters(List.of("ip.addr == 10.9.9.9")),
                log.lines());
        String text = diagnostics.text();
        assertTrue(text.contains("cannot read <path>, <path> (5/6 done)"), text);
        assertTrue(!text.contains("home/ann") && !text.contains("secret") && !text.contains("10.9.9.9"), text);
        assertTrue(text.contains("recently opened 1 (left out)"), text);
        Path file = folder.resolve("diagnostics.zip");
        assertEquals(Outcome.ok(file), diagnostics.write(file));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertEquals(4, zip.size());
            assertTrue(new String(zip.getInputStream(zip.getEntry("log.txt")).readAllBytes(), StandardCharsets.UTF_8)
                    .contains("<path>"));
        }
        assertEquals(
                Diagnostics.NOT_WRITTEN,
                diagnostics.write(folder.resolve("none/diagnostics.zip")) instanceof Outcome.Failed<Path>(var problem)
                        ? problem.code()
                        : "");
        Scene scene = Screen.on(() -> Look.scene(
                new DiagnosticsView(diagnostics, Screen.AT_ONCE, new SystemFileDialogs()), Theme.DARK, 720, 520, 100));
        Screen.picture(scene, "diagnostics-dark");
    }
}
