package phalanx.capture.remote;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;
import phalanx.run.Problem;

/** Whether a machine is the one it is taken for: its host key must be known (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). One connection. */
final class HostKeys implements ServerKeyVerifier {
    /** No key of the machine is known. */
    static final String UNKNOWN = "PHX-1611";
    /** The machine has another key than it had. */
    static final String CHANGED = "PHX-1612";

    private final HopAddress.Ssh at;
    private final SshAccess access;
    private final List<PublicKey> known = new ArrayList<>();
    private final List<PublicKey> revoked = new ArrayList<>();
    private volatile @Nullable Problem problem;

    HostKeys(HopAddress.Ssh at, SshAccess access) {
        this.at = at;
        this.access = access;
        access.knownHosts().forEach(this::read);
    }

    private void read(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
                if (entry.isHostMatch(at.host(), at.port()) && !"cert-authority".equals(entry.getMarker())) {
                    PublicKey key = entry.getKeyEntry().resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING);
                    if (key != null) {
                        ("revoked".equals(entry.getMarker()) ? revoked : known).add(key);
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.WARNING, "known hosts are not understood", e);
        }
    }

    /** Those of the known keys first: a server shows one key, of the first kind that it is asked for. */
    List<NamedFactory<Signature>> preferred(List<NamedFactory<Signature>> all) {
        TreeSet<String> kinds = new TreeSet<>();
        known.forEach(key -> kinds.add(KeyUtils.getKeyType(key)));
        return all.stream()
                .sorted(Comparator.comparing(signature ->
                        !kinds.contains(signature.getName().startsWith("rsa-") ? "ssh-rsa" : signature.getName())))
                .toList();
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress from, PublicKey key) {
        String print = KeyUtils.getFingerPrint(key);
        boolean bad = revoked.stream().anyMatch(one -> KeyUtils.compareKeys(one, key));
        if (!bad
                && (access.acceptedKeys().contains(print)
                        || known.stream().anyMatch(one -> KeyUtils.compareKeys(one, key)))) {
            return true;
        }
        String port = at.port() == HopAddress.SSH_PORT ? "" : "-p " + at.port() + " ";
        problem = bad || !known.isEmpty()
                ? new Problem(
                        CHANGED,
                        at.host() + " shows a host key (" + print
                                + ") that is not the one it had: it may be another machine"
                                + " that answers in its place.",
                        "Ask who runs it. If the key was changed on purpose, remove the old one (ssh-keygen -R) and accept this"
                                + " one with ssh, or name it: --accept-host-key " + print + ".")
                : new Problem(
                        UNKNOWN,
                        "The host key of " + at.host() + " (" + print + ") is not known.",
                        "Compare it with what ssh-keygen -lf says on that machine, then accept it by ssh " + port
                                + at.host() + ", or name it: --accept-host-key " + print + ".");
        return false;
    }

    /** Why the machine was refused, null when it was not. */
    @Nullable
    Problem problem() {
        return problem;
    }
}
