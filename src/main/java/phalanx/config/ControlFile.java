package phalanx.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a running program takes orders, and the token that it wants to see (RFC 6750 section 2.1); kept in a file that its owner alone
 * can read. Immutable, any thread.
 */
public record ControlFile(HostPort at, String token) {
    private static final int TOKEN_OCTETS = 32;
    private static final Pattern FORM = Pattern.compile("(\\S{1,200}) ([0-9a-f]{64})\\s*");

    /** With a token that nobody can guess. */
    public static ControlFile with(HostPort at) {
        byte[] random = new byte[TOKEN_OCTETS];
        new SecureRandom().nextBytes(random);
        return new ControlFile(at, HexFormat.of().formatHex(random));
    }

    /** Writes it anew. @throws IOException the file cannot be written */
    public void write(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, at + " " + token + "\n");
    }

    /** Reads it; empty where it is not there, or is no such file. */
    public static Optional<ControlFile> read(Path file) {
        try {
            Matcher form = FORM.matcher(Files.readString(file));
            return form.matches()
                    ? HostPort.read(form.group(1), HostPort.LOOPBACK, -1).map(at -> new ControlFile(at, form.group(2)))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The field Authorization of who knows the token. */
    public String authorization() {
        return "Bearer " + token;
    }

    /** Whether a field Authorization has the token; takes as long whatever it has. */
    public boolean opensFor(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), authorization().getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes the file of who takes no more orders. */
    public static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger("phalanx.config").log(System.Logger.Level.DEBUG, "a control file stays", e);
        }
    }

    @Override
    public String toString() {
        return at + " (with a token)";
    }
}
