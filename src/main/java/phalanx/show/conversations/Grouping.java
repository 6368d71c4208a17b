package phalanx.show.conversations;

import java.util.Arrays;
import java.util.Locale;
import phalanx.explain.ExplainedFinding;
import phalanx.net.IpAddress;
import phalanx.show.HostNames;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** What conversations of a group have in common. */
enum Grouping {
    NONE("grouping.none"),
    HOST_PAIR("grouping.host-pair"),
    SERVER("grouping.server"),
    FINDING("grouping.finding"),
    VLAN("grouping.vlan"),
    POINTS("grouping.points");

    private static final Words WORDS = Words.of("conversations");

    private final String title;

    Grouping(String title) {
        this.title = title;
    }

    /** Stable name for layouts that are kept: {@code host-pair}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The grouping of that {@link #key}, none for a name that is not known. */
    static Grouping of(String key) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.key().equals(key))
                .findFirst()
                .orElse(NONE);
    }

    String title() {
        return WORDS.get(title);
    }

    /** What the row's group is called; never empty. */
    String of(ConversationRow row) {
        Conversation conversation = row.conversation();
        return switch (this) {
            case NONE -> WORDS.get("group.nothing-in-common");
            case HOST_PAIR -> hosts(conversation, row.source().names());
            case SERVER ->
                row.source().names().of(conversation.server()) + "  "
                        + conversation.transport().word().toUpperCase(Locale.ROOT);
            case FINDING -> finding(row);
            case VLAN -> vlan(row);
            case POINTS ->
                DetailWords.path(conversation, row.source().analysis().stitched());
        };
    }

    private static String hosts(Conversation conversation, HostNames names) {
        IpAddress a = conversation.client().address();
        IpAddress b = conversation.server().address();
        return a.compareTo(b) < 0 ? names.of(a) + " \u2194 " + names.of(b) : names.of(b) + " \u2194 " + names.of(a);
    }

    private static String finding(ConversationRow row) {
        if (row.findings().isEmpty()) {
            return WORDS.get("group.no-finding");
        }
        ExplainedFinding first = row.findings().getFirst();
        return first.id() + "  " + first.summary();
    }

    private static String vlan(ConversationRow row) {
        String vlans =
                row.detail() == null ? null : DetailWords.vlans(row.detail().headers());
        return vlans == null ? WORDS.get("group.no-vlan") : vlans;
    }
}
