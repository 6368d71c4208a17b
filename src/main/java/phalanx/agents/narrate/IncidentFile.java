package phalanx.agents.narrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** The file that a person goes on with: an incident's narrative in the case's folder {@code incidents}. Any thread; waits for the disk. */
public final class IncidentFile {
    /** Folder within that of the case. */
    static final String FOLDER = "incidents";

    /** Characters, beyond which the rest is left out. */
    private static final int LARGEST = 256 << 10;

    private static final int LONGEST_NAME = 80;

    private IncidentFile() {}

    /**
     * Writes it whole, over that of the same incident.
     *
     * @param folder of the case
     * @return where, within that folder
     */
    public static Outcome<Path> write(Path folder, Narration told) {
        Path place = Path.of(FOLDER, name(told.narrative().incident()));
        Path file = folder.resolve(place);
        try {
            Files.createDirectories(folder.resolve(FOLDER));
            if (Files.isSymbolicLink(file)) {
                return Outcome.failed(new Problem(
                        WholeFile.NOT_WRITTEN,
                        place + " is a link: nothing is written through it.",
                        "Remove the link; the audit trail has all that would stand there."));
            }
            WholeFile.keep(file, cut(NarrativeText.markdown(told)).getBytes(StandardCharsets.UTF_8));
            return Outcome.ok(place);
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(place, e));
        }
    }

    /** A name of a file whatever an incident is called: it stays in its folder, and is no name that a system keeps for itself. */
    static String name(String incident) {
        String plain = incident.replaceAll("[^A-Za-z0-9_-]", "_");
        String kept = plain.startsWith("INC-") ? plain : "INC-" + plain;
        return kept.substring(0, Math.min(LONGEST_NAME, kept.length())) + ".md";
    }

    private static String cut(String text) {
        int end = text.length() > LARGEST ? text.lastIndexOf('\n', LARGEST) + 1 : text.length();
        return end == text.length() ? text : text.substring(0, end) + "\n\u2026\n";
    }
}
