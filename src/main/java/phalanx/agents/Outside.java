package phalanx.agents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.Forge;
import phalanx.act.git.GitHubForge;
import phalanx.act.git.GitHubSettings;
import phalanx.act.hook.HookBook;
import phalanx.act.hook.HookRemedies;
import phalanx.agents.cause.Cause;
import phalanx.config.Fault;
import phalanx.config.JsonSection;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * What the agents reach beyond this machine's own configuration, as the user declares it beside the policy; nothing where there are no such
 * files. Immutable, any thread.
 *
 * @param hooks of {@code hooks.json}
 * @param github of {@code forge.json}; empty where merge requests stay in the repository
 * @param token for it, empty with it
 */
public record Outside(HookBook hooks, Optional<GitHubSettings> github, String token) {
    public static final Outside NOTHING = new Outside(HookBook.NONE, Optional.empty(), "");

    /** A declaration cannot be used. */
    private static final String REFUSED = "PHX-1921";
    /** Faults that are told. */
    private static final int TOLD = 5;

    /** Reads the files of a folder. @param environment of the program, for the token */
    public static Outcome<Outside> read(Path folder, Map<String, String> environment) {
        Set<String> causes = Arrays.stream(Cause.values()).map(Cause::word).collect(Collectors.toSet());
        Path hooks = folder.resolve("hooks.json");
        Path forge = folder.resolve("forge.json");
        Outcome<HookBook> book = Files.exists(hooks) ? value(HookBook.read(hooks, causes)) : Outcome.ok(HookBook.NONE);
        return book.then(declared -> !Files.exists(forge)
                ? Outcome.ok(new Outside(declared, Optional.empty(), ""))
                : value(GitHubSettings.read(forge))
                        .then(settings -> settings.token(environment)
                                .then(token -> Outcome.ok(new Outside(declared, Optional.of(settings), token)))));
    }

    private static <T> Outcome<T> value(JsonSection.Read<T> read) {
        return read.value()
                .<Outcome<T>>map(Outcome::ok)
                .orElseGet(() -> Outcome.failed(new Problem(
                        REFUSED,
                        read.faults().stream().limit(TOLD).map(Fault::toString).collect(Collectors.joining(" ")),
                        "The agents do nothing until it is mended or taken away.")));
    }

    /** Where merge requests are shown and merged. */
    Forge forge(ConfigRepository own) {
        return github.<Forge>map(settings -> new GitHubForge(own, settings, token))
                .orElse(own);
    }

    Optional<HookRemedies> remedies() {
        return hooks.hooks().isEmpty() ? Optional.empty() : Optional.of(new HookRemedies(hooks));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Outside[" + hooks.hooks().keySet() + ", " + github + "]";
    }
}
