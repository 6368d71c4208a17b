package phalanx.casefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found in the captures of a case: no decision, it can be found anew. Immutable, any thread.
 *
 * @param findings most important first
 * @param conversations in the order of the answer
 */
public record Derived(List<FindingRow> findings, List<ConversationRow> conversations) {
    /**
     * A finding.
     *
     * @param place as notes name it: {@code edge>core}
     * @param severity critical, warning, info
     * @param firstNanos and {@code lastNanos} since 1970 on the reference clock
     * @param summary one sentence, English
     */
    public record FindingRow(
            String kind, String place, String severity, long firstNanos, long lastNanos, String summary) {}

    /** A conversation; pairs are client to server, server to client. Times as above. */
    public record ConversationRow(
            String transport,
            String client,
            String server,
            long firstNanos,
            long lastNanos,
            long bytesOut,
            long bytesBack,
            long packetsOut,
            long packetsBack) {}

    public Derived {
        findings = List.copyOf(findings);
        conversations = List.copyOf(conversations);
    }

    /** SHA-256 over all of it: two answers with the same are the same. */
    String source() {
        MessageDigest digest = AuditTrail.sha256();
        Stream.concat(findings.stream(), conversations.stream())
                .forEach(row -> digest.update(Sql.storable(row.toString()).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
