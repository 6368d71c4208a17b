package phalanx.capture.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/** The secret that machines which work together share. Says nothing of itself. Immutable, any thread. */
public final class HopToken {
    private static final int SHORTEST = 16, LONGEST = 256;

    private final String text;

    private HopToken(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when it is shorter than 16 characters or longer than 256, with a sentence */
    public static HopToken of(String text) {
        String token = text.strip();
        if (token.length() < SHORTEST || token.length() > LONGEST) {
            throw new IllegalArgumentException("A token has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        return new HopToken(token);
    }

    /** The one in a file. */
    public static HopToken in(Path file) throws IOException {
        try {
            return of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The one in a file, made at random where there is none. */
    public static HopToken madeIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            OwnFiles.folder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            try (OutputStream out = OwnFiles.create(file)) {
                out.write((HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return in(file);
    }

    /** In a time that says nothing of where they differ, nor of how long this one is. */
    public boolean is(String other) {
        return MessageDigest.isEqual(hash(text), hash(other));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** For the line, and nothing else. */
    String secret() {
        return text;
    }
}
