package phalanx.redact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * The secret of a redaction: the same key gives the same replacements, and who has it can test guesses. It is never written. Any thread.
 */
public final class RedactionKey {
    /** A key file that cannot be read or holds no key. */
    public static final String NO_KEY = "PHX-1751";

    /** Bytes of a key: 16 for the cipher of Crypto-PAn, 16 for its padding. */
    public static final int LENGTH = 32;

    private static final int LONGEST_FILE = 1 << 10;

    private final byte[] bytes;

    private RedactionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes 32 of them */
    public static RedactionKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        return new RedactionKey(bytes.clone());
    }

    /** One that nobody will have again. */
    public static RedactionKey random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new RedactionKey(bytes);
    }

    /** Waits where the file is a pipe. @param file 32 bytes as they are, or 64 hexadecimal digits */
    public static Outcome<RedactionKey> read(Path file) {
        try {
            byte[] content;
            try (InputStream in = Files.newInputStream(file)) {
                content = in.readNBytes(LONGEST_FILE + 1); // what is no file may have no end
            }
            if (content.length <= LONGEST_FILE) {
                if (content.length == LENGTH) {
                    return Outcome.ok(new RedactionKey(content));
                }
                String text = new String(content, StandardCharsets.US_ASCII).strip();
                if (text.matches("[0-9A-Fa-f]{64}")) {
                    return Outcome.ok(new RedactionKey(HexFormat.of().parseHex(text)));
                }
            }
            return Outcome.failed(new Problem(
                    NO_KEY,
                    file + " holds no key: 32 bytes or 64 hexadecimal digits are wanted.",
                    "Make one with: openssl rand -hex 32"));
        } catch (IOException _) {
            return Outcome.failed(new Problem(
                    NO_KEY, "The key file " + file + " cannot be read.", "Check its path and its permissions."));
        }
    }

    /** The key as Crypto-PAn wants it. */
    byte[] cryptoPan() {
        return bytes.clone();
    }

    /** 16 bytes for one purpose, from which neither the key nor those for other purposes can be told (HMAC, RFC 2104). */
    byte[] forPurpose(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)), 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
