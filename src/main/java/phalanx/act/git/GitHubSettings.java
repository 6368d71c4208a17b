package phalanx.act.git;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Where merge requests are shown besides: {@code forge.json}. The token itself stands elsewhere. Immutable, any thread.
 *
 * @param api of GitHub, or of a GitHub Enterprise server
 * @param repository {@code OWNER/NAME}
 * @param remote address of the repository for Git
 * @param tokenVariable environment variable that holds the token; empty where a file does
 * @param tokenFile that only its owner may read
 * @param seconds the longest that one call may take
 */
public record GitHubSettings(
        String api, String repository, String remote, String tokenVariable, Optional<Path> tokenFile, int seconds) {
    private static final String SCHEMA = "phalanx.forge/1";
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /** Reads a file, and all its faults at once. */
    public static JsonSection.Read<GitHubSettings> read(Path file) {
        return JsonSection.read(JsonText.read(file), SCHEMA, GitHubSettings::settings);
    }

    /** Reads a text. @param name of the file, for positions */
    static JsonSection.Read<GitHubSettings> parse(String name, String text) {
        return JsonSection.read(JsonText.parse(name, text), SCHEMA, GitHubSettings::settings);
    }

    private static GitHubSettings settings(JsonSection section) {
        String api = address(section, "api", "https://api.github.com");
        String repository = section.text("repository").orElse("");
        if (!repository.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}/[A-Za-z0-9._-]{1,100}")) {
            section.refuse(section.at("repository"), "This names no repository.", "Write \"OWNER/NAME\".");
        }
        String host = api.equals("https://api.github.com") ? "https://github.com" : api.replaceFirst("/api/v3/?$", "");
        String remote = address(section, "remote", host + "/" + repository + ".git");
        String variable = section.text("token_env").orElse("");
        Optional<Path> file = section.text("token_file")
                .filter(name -> name.indexOf('\0') < 0)
                .map(Path::of);
        if (variable.isEmpty() == file.isEmpty()) {
            section.refuse(
                    section.at(),
                    "The token's place is not told.",
                    "Write \"token_env\": \"NAME\" or \"token_file\": \"PATH\".");
        }
        return new GitHubSettings(api, repository, remote, variable, file, section.whole("seconds", 30, 1, 300));
    }

    /** Https, or this machine: a token goes over no open line. */
    private static String address(JsonSection section, String name, String standard) {
        String text = section.text(name).orElse(standard);
        try {
            URI place = URI.create(text);
            String host = String.valueOf(place.getHost());
            boolean here = "file".equals(place.getScheme()) && name.equals("remote")
                    || "http".equals(place.getScheme()) && host.equals("127.0.0.1");
            if ((here || "https".equals(place.getScheme()) && place.getHost() != null) && place.getUserInfo() == null) {
                return text;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        section.refuse(
                section.at(name),
                "\"" + name + "\" is no address that a token is sent to.",
                "Write https://HOST/..., without a user.");
        return standard;
    }

    /** The token. @param environment of the program */
    public Outcome<String> token(Map<String, String> environment) {
        if (tokenFile.isEmpty()) {
            String token = environment.getOrDefault(tokenVariable, "").strip();
            return token.isEmpty()
                    ? missing("The environment variable " + tokenVariable + " is not set.", "Set it to a token.")
                    : checked(token, tokenVariable);
        }
        Path file = tokenFile.get();
        try {
            if (!EnumSet.copyOf(OTHERS).removeAll(Files.getPosixFilePermissions(file))) {
                return checked(Files.readString(file, StandardCharsets.UTF_8).strip(), file.toString());
            }
            return missing("Others may read the token in " + file + ".", "chmod 600 it, and make a new token.");
        } catch (UnsupportedOperationException | IOException _) {
            return missing("The token cannot be read from " + file + ".", "Write it there, readable by you alone.");
        }
    }

    private static Outcome<String> checked(String token, String place) {
        return token.matches("[A-Za-z0-9_.-]{1,255}")
                ? Outcome.ok(token)
                : missing("What stands in " + place + " is no token.", "Write the token alone.");
    }

    private static Outcome<String> missing(String what, String remedy) {
        return Outcome.failed(new Problem(GitHubForge.REFUSED, what, remedy));
    }
}
