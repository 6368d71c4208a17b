package phalanx.proxy.listen;

import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority for laboratories: a folder with its certificate and key, and the certificates it gave (RFC 5280; keys on P-256). Who trusts
 * its certificate trusts everything made with its key: it stays in the folder, readable by its owner alone. Any thread.
 */
public final class LabAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /** What browsers accept at most. */
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    private final Path folder;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private LabAuthority(Path folder, KeyPair keys, X509Certificate certificate) {
        this.folder = folder;
        this.keys = keys;
        this.certificate = certificate;
    }

    /** The authority's certificate, for clients to trust. */
    public Path certificateFile() {
        return folder.resolve("ca.pem");
    }

    /** The authority of a folder, made where there is none. */
    public static LabAuthority in(Path folder) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        Path file = folder.resolve("ca.pem");
        Path keyFile = folder.resolve("ca-key.pem");
        if (Files.exists(file) && Files.exists(keyFile)) {
            return new LabAuthority(folder, readKeys(keyFile), readCertificate(file));
        }
        KeyPair keys = newKeys();
        X500Name name =
                new X500Name("CN=Phalanx laboratory authority " + Instant.now().getEpochSecond());
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(name, name, keys, AUTHORITY_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()));
            X509Certificate certificate = sign(builder, keys);
            write(keyFile, "PRIVATE KEY", keys.getPrivate().getEncoded(), true);
            write(file, "CERTIFICATE", certificate.getEncoded(), false);
            return new LabAuthority(folder, keys, certificate);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /**
     * Makes a certificate for a server or a client, and its key: {@code NAME.pem} and {@code NAME-key.pem}.
     *
     * @param names hosts and addresses, at least one
     * @return the certificate's file
     */
    public Path issue(List<String> names) throws IOException, GeneralSecurityException {
        KeyPair own = newKeys();
        List<GeneralName> alternatives = new ArrayList<>();
        for (String name : names) {
            boolean address = AddressRange.read(name).isPresent() && name.indexOf('/') < 0;
            alternatives.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(
                            new X500Name(certificate.getSubjectX500Principal().getName()),
                            new X500Name("CN=" + names.getFirst().replaceAll("[^A-Za-z0-9.*:-]", "_")),
                            own,
                            SERVER_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(alternatives.toArray(GeneralName[]::new)))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(certificate.getPublicKey()));
            X509Certificate issued = sign(builder, keys);
            String base = names.getFirst().replaceAll("[^A-Za-z0-9.-]", "_");
            write(
                    folder.resolve(base + "-key.pem"),
                    "PRIVATE KEY",
                    own.getPrivate().getEncoded(),
                    true);
            Path file = folder.resolve(base + ".pem");
            write(file, "CERTIFICATE", issued.getEncoded(), false);
            return file;
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys, Duration life) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofHours(1))), // clocks of other machines may be a little behind
                Date.from(now.plus(life)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private static void write(Path file, String kind, byte[] der, boolean secret) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        Files.deleteIfExists(file);
        if (secret && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static KeyPair readKeys(Path file) throws IOException, GeneralSecurityException {
        Object read = read(file);
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        if (read instanceof PEMKeyPair pair) {
            return converter.getKeyPair(pair);
        }
        if (read instanceof PrivateKeyInfo info) {
            return new KeyPair(null, converter.getPrivateKey(info));
        }
        throw new GeneralSecurityException(file + " holds no key");
    }

    private static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
        if (read(file) instanceof X509CertificateHolder holder) {
            return new JcaX509CertificateConverter().getCertificate(holder);
        }
        throw new GeneralSecurityException(file + " holds no certificate");
    }

    private static Object read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            return parser.readObject();
        }
    }
}
