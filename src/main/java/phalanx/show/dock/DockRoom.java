package phalanx.show.dock;

/**
 * The room that docks have. Where there is little of it, docks are put together, so that each view has enough to be read. Any thread.
 *
 * @param width in pixels where texts are of their usual size; half as many where they are twice as large
 * @param height the same
 */
public record DockRoom(double width, double height) {
    private static final double LOW = 900, VERY_LOW = 560, NARROW = 1000, TWO_TABS = 268;

    /** Where views stand that would stand elsewhere if there was room. */
    DockPlace place(DockPlace usual) {
        boolean narrow = width < NARROW;
        return switch (usual) {
            case LEFT -> narrow ? DockPlace.RIGHT : DockPlace.LEFT;
            case TOP -> height < LOW ? DockPlace.CENTRE : DockPlace.TOP;
            case BOTTOM -> height < VERY_LOW ? DockPlace.CENTRE : DockPlace.BOTTOM;
            case INSPECTOR ->
                height >= VERY_LOW
                        ? narrow ? DockPlace.BOTTOM : DockPlace.INSPECTOR
                        : narrow ? DockPlace.CENTRE : DockPlace.RIGHT;
            case CENTRE, RIGHT -> usual;
        };
    }

    /** Share of the width at which the left ends, in the thousandths that layouts are kept in: the names of two views have room on its tabs. */
    double leftEnds() {
        return Math.round(1000 * Math.clamp(TWO_TABS / Math.max(1, width), 0.165, 0.25)) / 1000.0;
    }

    /** Share of the width at which the middle ends. */
    double middleEnds() {
        return width < NARROW ? 0.6 : 0.72;
    }
}
