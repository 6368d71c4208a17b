package phalanx.proxy.route;

import java.util.List;
import phalanx.config.Directive;
import phalanx.config.Section;

/**
 * Whether and how the servers are spoken to over TLS. Any thread.
 *
 * @param serverName sent as SNI and looked for in the certificate; empty for the server's own name
 * @param verify whether the certificate is checked against {@code trusted} (standard on: a lab too should know whom it talks to)
 * @param trusted file of certificates in PEM; empty for the JDK's own
 * @param certificate file of our own certificate in PEM, for servers that ask for one; empty for none
 */
public record UpstreamTls(
        boolean on, String serverName, boolean verify, String trusted, String certificate, String key) {
    private static final Directive TLS =
            Directive.of("upstream", "proxy_ssl on|off", "off", "Speak TLS to the servers.");
    private static final Directive NAME = Directive.of(
            "upstream",
            "proxy_ssl_name NAME",
            "",
            "The name sent and looked for in the certificate, in place of the server's.");
    private static final Directive VERIFY =
            Directive.of("upstream", "proxy_ssl_verify on|off", "on", "Check the servers' certificates.");
    private static final Directive TRUSTED = Directive.of(
            "upstream",
            "proxy_ssl_trusted_certificate FILE",
            "",
            "Certificates in PEM that are trusted, in place of the JDK's.");
    private static final Directive CERTIFICATE = Directive.of(
            "upstream", "proxy_ssl_certificate FILE", "", "Our own certificate in PEM, for servers that ask for one.");
    private static final Directive KEY =
            Directive.of("upstream", "proxy_ssl_certificate_key FILE", "", "Its key in PEM.");

    static final List<Directive> DIRECTIVES = List.of(TLS, NAME, VERIFY, TRUSTED, CERTIFICATE, KEY);

    static UpstreamTls from(Section section) {
        return new UpstreamTls(
                section.flag(TLS, false),
                section.text(NAME).orElse(""),
                section.flag(VERIFY, true),
                section.text(TRUSTED).orElse(""),
                section.text(CERTIFICATE).orElse(""),
                section.text(KEY).orElse(""));
    }
}
