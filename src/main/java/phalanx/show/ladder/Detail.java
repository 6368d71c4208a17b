package phalanx.show.ladder;

/** How much of each packet can be drawn, by the room that there is for one. */
enum Detail {
    /** Arrows with their texts. */
    TEXT,
    /** Arrows; texts only of those that matter. */
    ARROWS,
    /** How many, as shades; single ones only where they matter. */
    DENSITY;

    /** Pixels that a line of text of the usual size needs. */
    static final double TEXT_HEIGHT = 14;

    private static final double ARROW_HEIGHT = 4;

    static Detail of(Viewport view) {
        double each = view.bodyHeight() / Math.max(1, view.endRung() - view.firstRung());
        return each >= TEXT_HEIGHT * view.text() ? TEXT : each >= ARROW_HEIGHT ? ARROWS : DENSITY;
    }
}
