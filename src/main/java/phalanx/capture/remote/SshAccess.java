package phalanx.capture.remote;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what machines are believed and who asks them. Immutable, any thread.
 *
 * @param knownHosts files of known host keys (sshd(8)); those that are not there count as empty
 * @param acceptedKeys fingerprints of host keys that are accepted all the same: {@code SHA256:...}
 * @param identities files of private keys; those that are not there are passed over
 * @param agentSocket of the agent that holds keys, null for none
 * @param secrets asked for passwords and passphrases, once each
 */
public record SshAccess(
        List<Path> knownHosts,
        Set<String> acceptedKeys,
        List<Path> identities,
        @Nullable Path agentSocket,
        Secrets secrets) {
    public SshAccess {
        knownHosts = List.copyOf(knownHosts);
        acceptedKeys = Set.copyOf(acceptedKeys);
        identities = List.copyOf(identities);
    }

    /** What ssh itself uses. @param agentSocket {@code SSH_AUTH_SOCK}, null for none */
    public static SshAccess usual(Path home, @Nullable String agentSocket, Secrets secrets) {
        Path folder = home.resolve(".ssh");
        return new SshAccess(
                List.of(folder.resolve("known_hosts")),
                Set.of(),
                List.of(folder.resolve("id_ed25519"), folder.resolve("id_ecdsa"), folder.resolve("id_rsa")),
                agentSocket == null || agentSocket.isEmpty() ? null : Path.of(agentSocket),
                secrets);
    }
}
