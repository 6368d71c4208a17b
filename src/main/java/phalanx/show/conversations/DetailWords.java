package phalanx.show.conversations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.measure.Application;
import phalanx.measure.HeaderFacts;
import phalanx.show.SeverityMark;
import phalanx.show.Words;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/** How details of a conversation are written in a cell; null where there is nothing to say. Any thread. */
final class DetailWords {
    private static final Words WORDS = Words.of("conversations");
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int FINDINGS_TOLD = 5;
    private static final String TO = " \u203a ", NONE = "\u2013";

    private DetailWords() {}

    static @Nullable String application(HeaderFacts headers) {
        Application application = headers.application();
        return application == null ? null : application.word();
    }

    /** {@code 3 of 4}. */
    static String points(Conversation conversation, Stitched stitched) {
        return WORDS.get(
                "points", conversation.legs().size(), stitched.captures().size());
    }

    /** The capture points from this conversation's client to its server. */
    static String path(Conversation conversation, Stitched stitched) {
        var legs = conversation.againstTheStream() ? conversation.legs().reversed() : conversation.legs();
        return legs.stream().map(leg -> stitched.hopName(leg.capture())).collect(Collectors.joining(TO));
    }

    /** The endpoints as they read at one point after the other, where somebody rewrote them. */
    static @Nullable String rewrites(Conversation conversation) {
        String seen = conversation.legs().stream()
                .map(leg -> leg.client() + " \u2194 " + leg.server())
                .distinct()
                .collect(Collectors.joining(TO));
        return seen.contains(TO) ? seen : null;
    }

    static @Nullable String vlans(HeaderFacts headers) {
        return headers.vlans().length == 0
                ? null
                : Arrays.stream(headers.vlans()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    /** {@code 64 / 57-58}: client, server. */
    static @Nullable String ttl(HeaderFacts headers) {
        String client = range(headers.lowestTtl()[0], headers.highestTtl()[0]);
        String server = range(headers.lowestTtl()[1], headers.highestTtl()[1]);
        return client.equals(NONE) && server.equals(NONE) ? null : client + " / " + server;
    }

    private static String range(int low, int high) {
        return low < 0 ? NONE : low == high ? Integer.toString(low) : low + "\u2013" + high;
    }

    /** {@code 1460 / 1380}: client, server. */
    static @Nullable String pair(int[] values) {
        return values[0] < 0 && values[1] < 0
                ? null
                : range(values[0], values[0]) + " / " + range(values[1], values[1]);
    }

    /** The DSCPs by their names (RFC 2474, RFC 2597, RFC 3246). */
    static @Nullable String codepoints(HeaderFacts headers) {
        StringBuilder all = new StringBuilder();
        for (int codepoint = 0; codepoint < Long.SIZE; codepoint++) {
            if ((headers.codepoints() >>> codepoint & 1) != 0) {
                all.append(all.isEmpty() ? "" : ", ").append(codepoint(codepoint));
            }
        }
        return all.isEmpty() ? null : all.toString();
    }

    private static String codepoint(int value) {
        int drop = value >>> 1 & 3;
        int group = value >>> 3;
        if (value == 46) {
            return "EF";
        }
        if (value % 8 == 0) {
            return "CS" + group;
        }
        return value % 2 == 0 && group >= 1 && group <= 4 && drop > 0 ? "AF" + group + drop : Integer.toString(value);
    }

    static @Nullable String end(HeaderFacts.End end) {
        return switch (end) {
            case NONE -> null;
            case UNANSWERED -> WORDS.get("end.unanswered");
            case REJECTED -> WORDS.get("end.rejected");
            case RESET -> WORDS.get("end.reset");
            case CLOSED -> WORDS.get("end.closed");
            case HALF_CLOSED -> WORDS.get("end.half-closed");
            case OPEN -> WORDS.get("end.open");
        };
    }

    /** UTC, to the millisecond. */
    static String instant(long nanos) {
        return INSTANT.format(Instant.ofEpochSecond(0, nanos));
    }

    /** How many findings a conversation has and what the first of them say. */
    static String findings(ConversationRow row) {
        String some = row.findings().stream()
                .limit(FINDINGS_TOLD)
                .map(told -> told.id() + "  " + told.summary())
                .collect(Collectors.joining("\n"));
        return WORDS.get("findings.hint", row.findings().size(), SeverityMark.word(row.worst())) + "\n" + some;
    }

    /** All figures of a group in one line. */
    static String group(GroupLine group) {
        return WORDS.get(
                "group.figures",
                group.conversations(),
                Words.language().count(group.packets()),
                Words.language().count(group.bytes()),
                Words.language().count(group.retransmitted()),
                group.withFindings());
    }
}
