package phalanx.agents.bus;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;

/**
 * Signs what goes to a broker (HMAC with SHA-256, RFC 2104), so that others who can write there cannot approve, vote or act. A line is the
 * signature, a space and the message. Any thread.
 */
final class Seal {
    /** Characters of a line that is looked at. */
    private static final int LONGEST = 1 << 20;

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    String write(Message message) {
        String line = MessageJson.write(message);
        return signature(line) + " " + line;
    }

    /** Empty for what was not written here. */
    Optional<Message> read(String line) {
        int space = line.indexOf(' ');
        if (space < 0 || line.length() > LONGEST) {
            return Optional.empty();
        }
        String text = line.substring(space + 1);
        boolean own = MessageDigest.isEqual(
                signature(text).getBytes(StandardCharsets.UTF_8),
                line.substring(0, space).getBytes(StandardCharsets.UTF_8));
        return own ? MessageJson.read(text) : Optional.empty();
    }
}
