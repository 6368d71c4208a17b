package phalanx.casefile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import phalanx.run.Outcome;

/** Keeps what a user prefers in one file. Any thread. */
public final class SettingsStore {
    private final Path file;

    /** @param file made with its folder when first written */
    public SettingsStore(Path file) {
        this.file = file;
    }

    /** Where this system keeps settings (XDG Base Directory 0.8; Known Folders; macOS's Library). */
    public static Path usualFile(Map<String, String> environment, String system, Path home) {
        String configured = environment.get(system.startsWith("Windows") ? "APPDATA" : "XDG_CONFIG_HOME");
        Path folder = configured != null && !configured.isBlank()
                ? Path.of(configured)
                : system.startsWith("Mac") ? home.resolve("Library/Application Support") : home.resolve(".config");
        return folder.resolve("phalanx").resolve("settings.json");
    }

    /** The folder of the file; may not be there yet. */
    public Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** What was kept, the defaults when nothing was. @return failed when the file is there and not understood */
    public Outcome<Settings> read() {
        return Files.exists(file) ? JsonDocument.read(file, Settings.class) : Outcome.ok(Settings.DEFAULT);
    }

    public Outcome<Path> write(Settings settings) {
        return JsonDocument.write(file, settings);
    }
}
