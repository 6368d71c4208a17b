package phalanx.casefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationMetrics;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

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
     * @param summary one sentence
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

    /** What an answer found. */
    public static Derived of(Analysis analysis) {
        return new Derived(
                analysis.findings().stream()
                        .map(told -> row(told, analysis.stitched()))
                        .toList(),
                analysis.measures().conversations().stream().map(Derived::row).toList());
    }

    private static FindingRow row(ExplainedFinding told, Stitched stitched) {
        Finding finding = told.finding();
        return new FindingRow(
                finding.kind(),
                place(finding.where(), stitched),
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.startNanos(),
                finding.endNanos(),
                told.summary());
    }

    private static ConversationRow row(ConversationMetrics metrics) {
        Conversation conversation = metrics.conversation();
        return new ConversationRow(
                conversation.transport().word(),
                conversation.client().toString(),
                conversation.server().toString(),
                metrics.firstNanos(),
                metrics.lastNanos(),
                metrics.bytes()[0],
                metrics.bytes()[1],
                metrics.packets()[0],
                metrics.packets()[1]);
    }

    /** A finding by kind and place, which outlive a new analysis: {@code random_loss@edge>core}. */
    public static String name(Finding finding, Stitched stitched) {
        return finding.kind() + "@" + place(finding.where(), stitched);
    }

    /** {@code edge>core}, {@code edge>} behind the last capture point, {@code client/edge} at a host, {@code edge} in a recording. */
    private static String place(Where where, Stitched stitched) {
        return switch (where) {
            case Where.Segment(int from, int to) -> point(from, stitched) + ">" + point(to, stitched);
            case Where.Node(var role, int capture) ->
                role.name().toLowerCase(Locale.ROOT) + "/" + point(capture, stitched);
            case Where.Capture(int capture) -> point(capture, stitched);
        };
    }

    private static String point(int capture, Stitched stitched) {
        return capture == Where.BEYOND ? "" : stitched.hopName(capture);
    }

    /** SHA-256 over all of it: two answers with the same are the same. */
    String source() {
        MessageDigest digest = AuditTrail.sha256();
        Stream.concat(findings.stream(), conversations.stream())
                .forEach(row -> digest.update(Sql.storable(row.toString()).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
