package phalanx.agents.narrate.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phalanx.config.JsonSection;

/**
 * Where the key to a language model is: never in the settings themselves, never kept, never written anywhere. Immutable, any thread.
 *
 * @param variable of the environment, empty for a file
 * @param file that nobody but its owner can read, empty for a variable
 */
public record LanguageKey(String variable, Optional<Path> file) {
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final long LARGEST = 4096;

    static LanguageKey of(JsonSection section, Path settings) {
        String variable = section.text("environment").orElse("");
        String name = section.text("file").orElse("");
        section.finish();
        if (variable.isBlank() == name.isBlank() || name.indexOf('\0') >= 0) {
            section.refuse(
                    section.at(),
                    "A key is in a variable or in a file.",
                    "Write {\"environment\": \"NAME\"} or {\"file\": \"PATH\"}; the key itself does not belong here.");
            return new LanguageKey("", Optional.empty());
        }
        return new LanguageKey(
                variable, name.isBlank() ? Optional.empty() : Optional.of(settings.resolveSibling(name)));
    }

    /** The key. @return empty where it cannot be had, or others can read it, too */
    Optional<String> read(Map<String, String> environment) {
        return file.isEmpty()
                ? usable(environment.getOrDefault(variable, ""))
                : file.flatMap(LanguageKey::contents).flatMap(LanguageKey::usable);
    }

    private static Optional<String> contents(Path file) {
        try {
            boolean own = !Files.getFileStore(file).supportsFileAttributeView("posix")
                    || OWN.containsAll(Files.getPosixFilePermissions(file));
            return own && Files.size(file) <= LARGEST ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /** What can stand in a header. */
    private static Optional<String> usable(String key) {
        return Optional.of(key.strip()).filter(one -> one.matches("[!-~]+"));
    }
}
