package phalanx.agents.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phalanx.run.Outcome;

/**
 * What the broker knows Phalanx by, and what Phalanx knows its own messages by. Immutable, any thread.
 *
 * @param user empty for none
 * @param password empty for none
 * @param key that messages are signed with
 * @param authorities who vouch for the broker, certificates in PEM; empty for whom Java trusts
 */
public record BusSecrets(String user, String password, byte[] key, String authorities) {
    private static final int KEY_OCTETS = 32;
    private static final int MOST = 4096;

    public BusSecrets {
        key = key.clone();
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    /**
     * Name, password and authorities from the environment, the key from a file that is made when it is not there.
     *
     * @return failed with {@link BusAddress#REFUSED}
     */
    public static Outcome<BusSecrets> of(Map<String, String> environment, Path keyFile) {
        String named = environment.getOrDefault("PHALANX_BUS_PASSWORD_FILE", "");
        Outcome<String> password = named.isEmpty()
                ? Outcome.ok(environment.getOrDefault("PHALANX_BUS_PASSWORD", ""))
                : own(Path.of(named)).then(text -> Outcome.ok(text.strip()));
        String authority = environment.getOrDefault("PHALANX_BUS_CA", "");
        Outcome<String> authorities = authority.isEmpty() ? Outcome.ok("") : BusAuthorities.read(Path.of(authority));
        String user = environment.getOrDefault("PHALANX_BUS_USER", "");
        return password.then(word -> authorities.then(
                trusted -> key(keyFile).then(key -> Outcome.ok(new BusSecrets(user, word, key, trusted)))));
    }

    private static Outcome<byte[]> key(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[KEY_OCTETS];
                new SecureRandom().nextBytes(key);
                if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                Files.writeString(file, Base64.getEncoder().encodeToString(key));
            }
        } catch (IOException e) {
            return BusAddress.refused("The key of the bus, " + file.getFileName() + ", cannot be written ("
                    + e.getClass().getSimpleName() + ").");
        }
        return own(file).then(text -> {
            try {
                byte[] key = Base64.getDecoder().decode(text.strip());
                if (key.length >= KEY_OCTETS) {
                    return Outcome.ok(key);
                }
            } catch (IllegalArgumentException _) {
                // told below
            }
            return BusAddress.refused(
                    "The key of the bus, " + file.getFileName() + ", is damaged; without it a new one is made.");
        });
    }

    /** A file that its owner alone can read. */
    private static Outcome<String> own(Path file) {
        try {
            Optional<Set<PosixFilePermission>> may = Files.getFileStore(file).supportsFileAttributeView("posix")
                    ? Optional.of(Files.getPosixFilePermissions(file))
                    : Optional.empty();
            if (may.isPresent() && !PosixFilePermissions.toString(may.get()).endsWith("------")) {
                return BusAddress.refused(file.getFileName() + " can be read by others: chmod 600 it.");
            }
            return Files.size(file) > MOST
                    ? BusAddress.refused(file.getFileName() + " is too large for a secret.")
                    : Outcome.ok(Files.readString(file));
        } catch (IOException e) {
            return BusAddress.refused(
                    file.getFileName() + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    /** Says nothing of them. */
    @Override
    public String toString() {
        return "secrets";
    }
}
