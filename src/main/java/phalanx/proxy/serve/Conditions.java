package phalanx.proxy.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;

/** Conditional requests (RFC 9110 section 13). Any thread. */
final class Conditions {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private Conditions() {}

    /** The entity tag of a file: its time and size. */
    static String tag(long size, Instant modified) {
        return "\"" + Long.toHexString(modified.getEpochSecond()) + "-" + Integer.toHexString(modified.getNano()) + "-"
                + Long.toHexString(size) + "\"";
    }

    static String date(Instant instant) {
        return DATE.format(instant.atZone(ZoneOffset.UTC));
    }

    /** 200 to go on, 304, or 412, in the order of section 13.2.2. */
    static int status(Fields request, String tag, Instant modified) {
        String match = request.joined(FieldName.IF_MATCH);
        if (match != null) {
            if (!lists(match, tag, false)) {
                return 412;
            }
        } else {
            Instant unmodified = instant(request.value(FieldName.IF_UNMODIFIED_SINCE));
            if (unmodified != null && modified.getEpochSecond() > unmodified.getEpochSecond()) {
                return 412;
            }
        }
        String noneMatch = request.joined(FieldName.IF_NONE_MATCH);
        if (noneMatch != null) {
            return lists(noneMatch, tag, true) ? 304 : 200;
        }
        Instant since = instant(request.value(FieldName.IF_MODIFIED_SINCE));
        return since != null && modified.getEpochSecond() <= since.getEpochSecond() ? 304 : 200;
    }

    /** Whether a range counts: the client's part is of this very file. */
    static boolean sameFile(Fields request, String tag, Instant modified) {
        String ifRange = request.value(FieldName.IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        if (ifRange.startsWith("\"") || ifRange.startsWith("W/")) {
            return ifRange.equals(tag);
        }
        Instant date = instant(ifRange);
        return date != null && date.getEpochSecond() == modified.getEpochSecond();
    }

    private static boolean lists(String list, String tag, boolean weakly) {
        for (String item : list.split(",", -1)) {
            String one = item.strip();
            if (one.equals("*") || one.equals(tag) || weakly && one.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException _) {
            return null; // a date that cannot be read is ignored
        }
    }
}
