package phalanx.proxy.listen;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.Section;

/**
 * How a server speaks TLS. Any thread.
 *
 * @param certificate file in PEM, the server's own certificate first
 * @param key file in PEM, not encrypted
 * @param clientCertificate file of the authorities whose clients are let in, empty for none
 * @param verify whether a client must have a certificate of these
 * @param protocols as OpenSSL and the JDK name them
 */
public record TlsSettings(
        String certificate, String key, String clientCertificate, Verify verify, List<String> protocols) {
    /** What is asked of clients. */
    public enum Verify {
        OFF,
        OPTIONAL,
        ON
    }

    private static final Directive CERTIFICATE = Directive.of(
            "server",
            "ssl_certificate FILE",
            "",
            "The certificate in PEM, with those between it and its authority; TLS is spoken then.");
    private static final Directive KEY =
            Directive.of("server", "ssl_certificate_key FILE", "", "The key of the certificate in PEM.");
    private static final Directive CLIENT = Directive.of(
            "server", "ssl_client_certificate FILE", "", "The authorities in PEM whose clients are let in.");
    private static final Directive VERIFY = Directive.of(
            "server", "ssl_verify_client on|off|optional", "off", "Whether a client must show a certificate.");
    private static final Directive PROTOCOLS = Directive.of(
            "server http", "ssl_protocols NAME...", "TLSv1.2 TLSv1.3", "The versions of TLS that are spoken.");

    public static final List<Directive> DIRECTIVES = List.of(CERTIFICATE, KEY, CLIENT, VERIFY, PROTOCOLS);

    /** Reads them from a {@code server} block; empty where TLS is not spoken. */
    public static Optional<TlsSettings> from(Section section) {
        Optional<String> certificate = section.text(CERTIFICATE);
        Optional<String> key = section.text(KEY);
        Verify verify = section.choice(VERIFY, Map.of("on", Verify.ON, "off", Verify.OFF, "optional", Verify.OPTIONAL))
                .orElse(Verify.OFF);
        String client = section.text(CLIENT).orElse("");
        List<String> protocols = section.one(PROTOCOLS)
                .map(node -> node.arguments().stream()
                        .filter(word -> {
                            boolean known =
                                    word.text().equals("TLSv1.2") || word.text().equals("TLSv1.3");
                            if (!known) {
                                section.refuse(
                                        word.at(),
                                        "ssl_protocols does not know \"" + word.text() + "\".",
                                        "It takes TLSv1.2 and TLSv1.3; older ones are broken.");
                            }
                            return known;
                        })
                        .map(word -> word.text())
                        .toList())
                .orElse(List.of("TLSv1.2", "TLSv1.3"));
        if (verify != Verify.OFF && client.isEmpty()) {
            section.refuse(
                    section.at(),
                    "ssl_verify_client has no authority to check by.",
                    "Add: ssl_client_certificate FILE;");
        }
        if (certificate.isPresent() != key.isPresent()) {
            section.refuse(
                    section.at(),
                    certificate.isPresent()
                            ? "There is a certificate without its key."
                            : "There is a key without its certificate.",
                    "Write both ssl_certificate and ssl_certificate_key.");
        }
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new TlsSettings(certificate.get(), key.get(), client, verify, protocols))
                : Optional.empty();
    }
}
