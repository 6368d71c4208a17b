package phalanx.agents.bus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import phalanx.run.Outcome;

/**
 * Who vouches for a broker: certificates in PEM (RFC 7468) from a file, in place of those that Java trusts. Brokers of teams have
 * certificates of an authority of their own. Any thread.
 */
final class BusAuthorities {
    private static final int MOST = 1 << 20;

    private BusAuthorities() {}

    /** The text of a file, which holds at least one certificate. @return failed with {@link BusAddress#REFUSED} */
    static Outcome<String> read(Path file) {
        try {
            if (Files.size(file) > MOST) {
                return BusAddress.refused(file.getFileName() + " is too large for certificates.");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return certificates(text).isEmpty()
                    ? BusAddress.refused(file.getFileName() + " holds no certificate.")
                    : Outcome.ok(text);
        } catch (CertificateException _) {
            return BusAddress.refused(file.getFileName() + " holds no certificates in PEM.");
        } catch (IOException e) {
            return BusAddress.refused(
                    file.getFileName() + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    private static Collection<? extends Certificate> certificates(String text) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The same as a key store of PKCS #12 without a password. @param text as {@link #read} gave it */
    static byte[] keyStore(String text) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate one : certificates(text)) {
                trusted.setCertificateEntry(String.valueOf(trusted.size()), one);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            trusted.store(out, new char[0]);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Certificates that were read are none any more.", e);
        }
    }
}
