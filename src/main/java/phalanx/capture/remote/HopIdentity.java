package phalanx.capture.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What a machine that listens shows of itself: a certificate of its own (P-256), made at the first start and kept in a folder that its owner alone may
 * read. Nobody vouches for it: who connects compares the fingerprint. Any thread.
 */
public final class HopIdentity {
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final String NAME = "hop";
    /** The file's rights protect the key. */
    private static final char[] NONE = new char[0];

    private final KeyStore keys;

    private HopIdentity(KeyStore keys) {
        this.keys = keys;
    }

    /** That of a folder, made where there is none. */
    public static HopIdentity in(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("identity.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, NONE);
            }
        } else {
            keys.load(null, NONE);
            make(keys);
            OwnFiles.folder(folder);
            try (OutputStream out = OwnFiles.create(file)) {
                keys.store(out, NONE);
            }
        }
        return new HopIdentity(keys);
    }

    private static void make(KeyStore keys) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Phalanx");
        Instant now = Instant.now();
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(120, new SecureRandom()),
                                    Date.from(now.minus(Duration.ofDays(1))), // clocks of other machines may be behind
                                    Date.from(now.plus(LIFE)),
                                    name,
                                    pair.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            keys.setKeyEntry(NAME, pair.getPrivate(), NONE, new Certificate[] {certificate});
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** As people compare it: {@code SHA256:...}. */
    public String fingerprint() throws GeneralSecurityException {
        return fingerprint((X509Certificate) keys.getCertificate(NAME));
    }

    /** Of the whole certificate, as ssh writes those of keys. */
    static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    }

    /** For servers that show it. */
    public KeyManagerFactory keyManagers() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NONE);
        return managers;
    }

    SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keyManagers().getKeyManagers(), null, null);
        return context;
    }
}
