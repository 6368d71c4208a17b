package phalanx.app.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import phalanx.capture.remote.HopIdentity;
import phalanx.capture.remote.HopToken;
import phalanx.casefile.SettingsStore;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine.Option;

/** What machines that work together know each other by: a token that both share, and the certificate of the one that listens. */
public final class HopKeys {
    /** Certificate or token cannot be made or read. */
    static final String UNUSABLE = "PHX-1620";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the token that both machines share (default: PHALANX_TOKEN of the environment)")
    private @Nullable Path tokenFile;

    @Option(
            names = "--keys",
            paramLabel = "FOLDER",
            description =
                    "certificate and token of this machine, made when they are not there (default: beside the settings)")
    private @Nullable Path keys;

    /** @param identity that is shown  @param tokenPlace where the token is, for people */
    public record Own(HopIdentity identity, HopToken token, String tokenPlace) {
        /** What people compare. */
        public String fingerprint() {
            try {
                return identity.fingerprint();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e); // it was made with this certificate
            }
        }
    }

    private Path folder() {
        return keys != null
                ? keys
                : new SettingsStore(SettingsStore.usualFile(
                                System.getenv(),
                                System.getProperty("os.name", ""),
                                Path.of(System.getProperty("user.home"))))
                        .folder()
                        .resolve("hop");
    }

    /** For a machine that listens: all of it is made when it is not there. */
    public Outcome<Own> own() {
        Path folder = folder();
        try {
            HopToken given = token();
            Path made = folder.resolve("token");
            return Outcome.ok(new Own(
                    HopIdentity.in(folder),
                    given != null ? given : HopToken.madeIn(made),
                    given == null ? made.toString() : tokenFile != null ? tokenFile.toString() : "PHALANX_TOKEN"));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return Outcome.failed(new Problem(
                    UNUSABLE,
                    "Certificate and token of this machine cannot be made or read (" + e.getMessage() + ").",
                    "Name a folder that you may write to: --keys; or move the damaged file away."));
        }
    }

    /** For a machine that connects; null when none was given. @throws IllegalArgumentException with a sentence */
    @Nullable
    HopToken token() throws IOException {
        if (tokenFile != null) {
            return HopToken.in(tokenFile);
        }
        String given = System.getenv("PHALANX_TOKEN");
        return given == null || given.isBlank() ? null : HopToken.of(given);
    }
}
