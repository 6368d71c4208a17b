package phalanx.show.conversations;

import java.util.Locale;
import phalanx.show.Words;

/** All that can be known of a conversation, a column each. Any thread. */
enum ConversationColumn {
    FINDINGS("column.findings", Section.FINDINGS, 76, Look.FINDINGS),
    WORST("column.worst", Section.FINDINGS, 320, Look.TEXT),
    ID("column.id", Section.ENDPOINTS, 60, Look.FIGURE),
    CLIENT("column.client", Section.ENDPOINTS, 150, Look.TEXT),
    SERVER("column.server", Section.ENDPOINTS, 150, Look.TEXT),
    CLIENT_ADDRESS("column.client-address", Section.ENDPOINTS, 120, Look.TEXT),
    CLIENT_PORT("column.client-port", Section.ENDPOINTS, 84, Look.FIGURE),
    SERVER_ADDRESS("column.server-address", Section.ENDPOINTS, 120, Look.TEXT),
    SERVER_PORT("column.server-port", Section.ENDPOINTS, 84, Look.FIGURE),
    PROTOCOL("column.protocol", Section.ENDPOINTS, 74, Look.TEXT),
    APPLICATION("column.application", Section.ENDPOINTS, 100, Look.TEXT),
    POINTS("column.points", Section.PATH, 66, Look.FIGURE),
    PATH("column.path", Section.PATH, 200, Look.TEXT),
    NAT("column.nat", Section.PATH, 260, Look.TEXT),
    VLAN("column.vlan", Section.PATH, 72, Look.TEXT),
    TTL("column.ttl", Section.PATH, 96, Look.TEXT),
    DSCP("column.dscp", Section.PATH, 92, Look.TEXT),
    BYTES("column.bytes", Section.TRAFFIC, 124, Look.BAR),
    LIMIT("column.limit", Section.TRAFFIC, 272, Look.LIMITS),
    PACKETS("column.packets", Section.TRAFFIC, 76, Look.FIGURE),
    CLIENT_PACKETS("column.client-packets", Section.TRAFFIC, 96, Look.FIGURE),
    SERVER_PACKETS("column.server-packets", Section.TRAFFIC, 96, Look.FIGURE),
    CLIENT_BYTES("column.client-bytes", Section.TRAFFIC, 96, Look.FIGURE),
    SERVER_BYTES("column.server-bytes", Section.TRAFFIC, 96, Look.FIGURE),
    THROUGHPUT("column.throughput", Section.TRAFFIC, 104, Look.FIGURE),
    BEGIN("column.begin", Section.TIME, 92, Look.FIGURE),
    BEGIN_UTC("column.begin-utc", Section.TIME, 150, Look.FIGURE),
    END_UTC("column.end-utc", Section.TIME, 150, Look.FIGURE),
    DURATION("column.duration", Section.TIME, 78, Look.FIGURE),
    LOST("column.lost", Section.LOSS, 138, Look.BAR),
    LOST_WHERE("column.lost-where", Section.LOSS, 240, Look.TEXT),
    RETRANSMITTED("column.retransmitted", Section.LOSS, 104, Look.FIGURE),
    CLIENT_RETRANSMITTED("column.client-retransmitted", Section.LOSS, 120, Look.FIGURE),
    SERVER_RETRANSMITTED("column.server-retransmitted", Section.LOSS, 120, Look.FIGURE),
    REORDERED("column.reordered", Section.LOSS, 84, Look.FIGURE),
    DUPLICATED("column.duplicated", Section.LOSS, 84, Look.FIGURE),
    HANDSHAKE("column.handshake", Section.DELAY, 88, Look.FIGURE),
    RTT_MEDIAN("column.rtt-median", Section.DELAY, 78, Look.FIGURE),
    RTT_P95("column.rtt-p95", Section.DELAY, 78, Look.FIGURE),
    RTT_MOST("column.rtt-most", Section.DELAY, 78, Look.FIGURE),
    SERVER_MEDIAN("column.server-median", Section.DELAY, 92, Look.FIGURE),
    SERVER_P95("column.server-p95", Section.DELAY, 92, Look.FIGURE),
    END("column.end", Section.TCP, 92, Look.TEXT),
    RESETS("column.resets", Section.TCP, 68, Look.FIGURE),
    ZERO_WINDOWS("column.zero-windows", Section.TCP, 98, Look.FIGURE),
    SMALLEST_WINDOW("column.smallest-window", Section.TCP, 112, Look.FIGURE),
    SEGMENT_SIZE("column.segment-size", Section.TCP, 100, Look.TEXT),
    WINDOW_SCALE("column.window-scale", Section.TCP, 100, Look.TEXT);

    /** What belongs together in the menu of columns. */
    enum Section {
        FINDINGS("section.findings"),
        ENDPOINTS("section.endpoints"),
        PATH("section.path"),
        TRAFFIC("section.traffic"),
        TIME("section.time"),
        LOSS("section.loss"),
        DELAY("section.delay"),
        TCP("section.tcp");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        String title() {
            return WORDS.get(title);
        }
    }

    /** How a cell is drawn. */
    enum Look {
        TEXT,
        FIGURE,
        /** A figure behind a bar that shows its size. */
        BAR,
        FINDINGS,
        LIMITS
    }

    private static final Words WORDS = Words.of("conversations");

    private final String title;
    private final Section section;
    private final double width;
    private final Look look;

    ConversationColumn(String title, Section section, double width, Look look) {
        this.title = title;
        this.section = section;
        this.width = width;
        this.look = look;
    }

    /** Stable name for layouts that are kept: {@code rtt-p95}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The column of that {@link #key}. */
    static ConversationColumn of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String title() {
        return WORDS.get(title);
    }

    Section section() {
        return section;
    }

    /** Pixels at the start. */
    double width() {
        return width;
    }

    Look look() {
        return look;
    }

    Content content() {
        return Contents.of(this);
    }

    /** Whether it is one of the dozen that most people look at. */
    boolean shownAtFirst() {
        return switch (this) {
            case FINDINGS,
                    CLIENT,
                    SERVER,
                    PROTOCOL,
                    APPLICATION,
                    POINTS,
                    PACKETS,
                    BYTES,
                    DURATION,
                    RETRANSMITTED,
                    LOST,
                    RTT_MEDIAN,
                    RTT_P95,
                    LIMIT -> true;
            default -> false;
        };
    }

    /** Length of a bar, 0..1; only for {@link Look#BAR}. */
    double bar(ConversationRow row) {
        ConversationSource source = row.source();
        if (this == BYTES) {
            return source.mostBytes() == 0 ? 0 : (double) row.bytes() / source.mostBytes();
        }
        if (row.detail() == null || row.detail().path().sent() == 0 || source.largestLoss() == 0) {
            return 0;
        }
        return (double) row.detail().path().lost() / row.detail().path().sent() / source.largestLoss();
    }
}
