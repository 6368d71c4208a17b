package phalanx.app.capture;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.capture.remote.AgentAccess;
import phalanx.capture.remote.HopAddress;
import phalanx.capture.remote.PushListener;
import phalanx.capture.remote.RemoteAccess;
import phalanx.capture.remote.SshAccess;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every command that goes to other machines. */
public final class RemoteOptions {
    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "a private key for ssh, tried before those in ~/.ssh; may be repeated")
    private List<Path> identities = List.of();

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "host keys that are believed, beside ~/.ssh/known_hosts; may be repeated")
    private List<Path> knownHosts = List.of();

    @Option(
            names = "--accept-host-key",
            paramLabel = "SHA256:...",
            description = "a host key that is believed all the same; may be repeated")
    private Set<String> hostKeys = Set.of();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:...",
            description = "a certificate of an agent that is believed, as it printed it; may be repeated")
    private Set<String> fingerprints = Set.of();

    @Mixin
    private HopKeys keys = new HopKeys();

    /** Where this machine's own identity and token are. */
    public HopKeys keys() {
        return keys;
    }

    /** How agents elsewhere are known and asked. @throws IOException where the token cannot be read */
    public AgentAccess agents() throws IOException {
        return new AgentAccess(fingerprints, keys.token());
    }

    /** @param push who waits for agents that come, null for nobody */
    Outcome<RemoteAccess> access(@Nullable PushListener push) {
        SshAccess usual = SshAccess.usual(
                Path.of(System.getProperty("user.home")), System.getenv("SSH_AUTH_SOCK"), RemoteOptions::secret);
        List<Path> known = new ArrayList<>(knownHosts);
        known.addAll(usual.knownHosts());
        List<Path> keyFiles = new ArrayList<>(identities);
        keyFiles.addAll(usual.identities());
        try {
            return Outcome.ok(new RemoteAccess(
                    new SshAccess(known, hostKeys, keyFiles, usual.agentSocket(), usual.secrets()),
                    agents(),
                    push,
                    RemoteAccess.USUAL_PATIENCE));
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(new Problem(
                    HopKeys.UNUSABLE,
                    "The token cannot be used (" + e.getMessage() + ").",
                    "Name a file with 16 characters or more: --token-file."));
        }
    }

    /** Passwords come from the environment or from who sits at the terminal, never from the command line, which others can read. */
    private static @Nullable String secret(String what) {
        String given = System.getenv("PHALANX_SSH_PASSWORD");
        if (given != null && !given.isEmpty()) {
            return given;
        }
        String asked = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s: ", asked))
                .map(String::new)
                .orElse(null);
    }

    /** An address of the command line. @throws ParameterException when it is none */
    static HopAddress address(String text, boolean machine, CommandLine line) {
        return switch (machine ? HopAddress.machine(text) : HopAddress.parse(text)) {
            case Outcome.Ok<HopAddress>(HopAddress address) -> address;
            case Outcome.Failed<HopAddress>(Problem problem) ->
                throw new ParameterException(line, problem.what() + " " + problem.remedy());
        };
    }
}
