package phalanx.show.charts;

/** What can be charted. Any thread. */
enum Chart {
    THROUGHPUT("throughput", "throughput.hint", Unit.BITS_PER_SECOND),
    ROUND_TRIP("round-trip", "round-trip.hint", Unit.SECONDS),
    DELAY("delay", "delay.hint", Unit.SECONDS),
    LOSS("loss", "loss.hint", Unit.SHARE),
    WINDOW("window", "window.hint", Unit.BYTES),
    SEQUENCE("sequence", "sequence.hint", Unit.SEQUENCE),
    PACKETS("packets", "packets.hint", Unit.PER_SECOND),
    CONNECTIONS("connections", "connections.hint", Unit.PER_SECOND),
    /** By other tools. */
    MEASURED("measured", "measured.hint", Unit.PLAIN);

    private final String nameKey;
    private final String hintKey;
    private final Unit unit;

    Chart(String nameKey, String hintKey, Unit unit) {
        this.nameKey = nameKey;
        this.hintKey = hintKey;
        this.unit = unit;
    }

    /** Key of its name in the bundle {@code charts}. */
    String nameKey() {
        return nameKey;
    }

    /** Key of a sentence that says what it shows. */
    String hintKey() {
        return hintKey;
    }

    Unit unit() {
        return unit;
    }
}
