package phalanx.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.rules.RuleFolder;

/** Where the user's rules are: the folder named, else the variable PHALANX_RULES, else the usual place for settings, if it is there. */
public final class UserRules {
    private UserRules() {}

    /** The rules of a folder; those of the usual place, or none, where it is not named. */
    public static RuleFolder read(@Nullable Path named) {
        return Optional.ofNullable(named)
                .or(UserRules::ofVariable)
                .or(() -> Optional.of(usual()).filter(Files::isDirectory))
                .map(RuleFolder::read)
                .orElse(RuleFolder.NONE);
    }

    private static Optional<Path> ofVariable() {
        return Optional.ofNullable(System.getenv("PHALANX_RULES"))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** XDG Base Directory Specification, on Windows the roaming settings. */
    public static Path usual() {
        String windows = System.getenv("APPDATA");
        String settings = System.getenv("XDG_CONFIG_HOME");
        Path base = windows != null
                ? Path.of(windows)
                : settings != null && !settings.isBlank()
                        ? Path.of(settings)
                        : Path.of(System.getProperty("user.home", ".")).resolve(".config");
        return base.resolve("phalanx").resolve("rules");
    }
}
