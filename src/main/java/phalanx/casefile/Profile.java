package phalanx.casefile;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import phalanx.run.Outcome;

/**
 * The part of the settings that is handed on: how the desk looks and which keys it has. No file names, no filters, no secrets.
 * Immutable, any thread.
 *
 * @param version of this form, 1
 */
public record Profile(
        int version,
        String appearance,
        int textPercent,
        boolean reduceMotion,
        String language,
        Map<String, String> keys) {
    /** The form that this program writes. */
    public static final int VERSION = 1;

    private static final Set<String> APPEARANCES = Set.of("system", "light", "dark", "high-contrast");

    public Profile {
        if (version != VERSION || !APPEARANCES.contains(appearance) || language == null) {
            throw new IllegalArgumentException("this is no profile of Phalanx, version " + VERSION);
        }
        keys = Map.copyOf(keys == null ? Map.of() : keys);
    }

    /** What of these settings is handed on. */
    public static Profile of(Settings settings) {
        return new Profile(
                VERSION,
                settings.appearance(),
                settings.textPercent(),
                settings.reduceMotion(),
                settings.language(),
                settings.keys());
    }

    /** These settings with what the profile says; what was opened and filtered before stays. */
    public Settings over(Settings settings) {
        return new Settings(
                appearance,
                textPercent,
                reduceMotion,
                language,
                keys,
                settings.recent(),
                settings.filters(),
                settings.window());
    }

    /** @return failed with the place of the fault when the file is no profile */
    public static Outcome<Profile> read(Path file) {
        return JsonDocument.read(file, Profile.class);
    }

    /** @return the file */
    public Outcome<Path> write(Path file) {
        return JsonDocument.write(file, this);
    }
}
