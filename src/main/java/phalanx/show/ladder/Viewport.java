package phalanx.show.ladder;

/**
 * The part of a ladder that is seen, and where on the screen its columns and heights lie. Immutable, any thread.
 *
 * @param width of everything, pixels
 * @param height of everything, pixels
 * @param text so many times the usual size of texts
 * @param scroll height at the top of the body, rows
 * @param zoom pixels a row
 * @param sideways pixels by which columns are moved to the left, where there are too many for the width
 */
record Viewport(
        LadderPicture picture, double width, double height, double text, double scroll, double zoom, double sideways) {
    private static final double HEAD = 44, HEAD_OF_TWO = 62;

    /** Pixels of the overview at the right edge. */
    static final double MINIMAP = 46;

    private static final double PAD = 14, LEFT = 84, MOST_RIGHT = 400, STUB_ROOM = 60, LEAST_GAP = 40;
    /** Of the width, for texts; where there is little of it, the columns need it more. */
    private static final double RIGHT_SHARE = 0.33, NARROW_SHARE = 0.26, NARROW = 560;

    private static final double USUAL_ZOOM = 18, LEGIBLE_PROOF = 4;

    /** As large as is legible, from the first packet on. */
    static Viewport legible(LadderPicture picture, double width, double height, double text) {
        return new Viewport(picture, width, height, text, 0, USUAL_ZOOM * text, 0).panned(0, 0);
    }

    /** The same place in a ladder of another size on the screen, or with other texts. */
    Viewport resized(double newWidth, double newHeight, double newText) {
        return new Viewport(picture, newWidth, newHeight, newText, scroll, zoom, sideways).panned(0, 0);
    }

    private Viewport at(double rows, double pixelsARow, double moved) {
        return new Viewport(picture, width, height, text, rows, pixelsARow, moved);
    }

    /** Pixels above the body, for the names of the columns; whole ones, so that the body's image stays sharp. */
    double head() {
        return Math.rint(text * (picture.scope().compares() ? HEAD_OF_TWO : HEAD));
    }

    double bodyHeight() {
        return Math.max(1, height - head());
    }

    /** Where the columns and the arrows between them end and texts begin. */
    double right() {
        double share = width < NARROW * text ? NARROW_SHARE : RIGHT_SHARE;
        return Math.max(left() + 60, width - MINIMAP - Math.min(MOST_RIGHT * text, width * share));
    }

    /** Where the columns begin and times end. */
    double left() {
        return LEFT * text;
    }

    /** Pixels between neighbouring columns. */
    double gap() {
        int columns = picture.columns().size();
        return columns == 1 ? right() - left() : Math.max(LEAST_GAP, (right() - left() - STUB_ROOM) / (columns - 1));
    }

    double x(int column) {
        return picture.columns().size() == 1
                ? (left() + right()) / 2
                : left() + STUB_ROOM / 2 + column * gap() - sideways;
    }

    /** Length of an arrow whose way is not known, pixels. */
    double stub() {
        return Math.min(STUB_ROOM, gap() * 0.4);
    }

    /** Where gap by gap of {@link Crossings} begins and ends, pixels from {@link #left()}. */
    double[][] lanes() {
        int points = picture.perSide();
        int gaps = LadderPicture.gaps(points);
        double[][] lanes = new double[picture.crossings().gaps()][];
        for (int gap = 0; gap < lanes.length; gap++) {
            int column = gap / gaps * points + gap % gaps;
            lanes[gap] = points == 1
                    ? new double[] {x(column) - stub() - left(), x(column) + stub() - left()}
                    : new double[] {x(column) - left(), x(column + 1) - left()};
        }
        return lanes;
    }

    double y(double rows) {
        return head() + PAD + (rows - scroll) * zoom;
    }

    double rowsAt(double y) {
        return scroll + (y - head() - PAD) / zoom;
    }

    /** The first rung that starts within the body. */
    int firstRung() {
        return picture.scale().firstAt(rowsAt(head()));
    }

    /** The first rung that starts below the body. */
    int endRung() {
        return picture.scale().firstAt(rowsAt(height));
    }

    /** The zoom that shows everything, pixels a row. */
    double wholeZoom() {
        return Math.min(
                USUAL_ZOOM * text,
                Math.max(1, bodyHeight() - 2 * PAD) / picture.scale().bottom());
    }

    Viewport whole() {
        return at(0, wholeZoom(), 0);
    }

    /** Zoomed so that what lies at height {@code y} of the screen stays there. */
    Viewport zoomed(double factor, double y) {
        double to = Math.clamp(zoom * factor, wholeZoom(), picture.scale().closest());
        double rows = rowsAt(y);
        return at(rows - (y - head() - PAD) / to, to, sideways).panned(0, 0);
    }

    /** With the last packets at the bottom. */
    Viewport atEnd() {
        return at(picture.scale().bottom(), zoom, sideways).panned(0, 0);
    }

    /** Moved by pixels, as far as there is something to see. */
    Viewport panned(double right, double down) {
        double most = Math.max(0, picture.scale().bottom() - (bodyHeight() - 2 * PAD) / zoom);
        double wide = left() + STUB_ROOM + gap() * (picture.columns().size() - 1) - right();
        return at(
                Math.clamp(scroll + down / zoom, 0, most),
                zoom,
                picture.columns().size() == 1 ? 0 : Math.clamp(sideways + right, 0, Math.max(0, wide)));
    }

    /** With a height in the middle of the body. */
    Viewport centred(double rows) {
        return at(rows - (bodyHeight() / 2 - PAD) / zoom, zoom, sideways).panned(0, 0);
    }

    /** With a packet's whole way about the middle. */
    Viewport centredOn(int rung) {
        double[] heights = new double[picture.perSide()];
        picture.heights(rung, heights);
        double top = picture.scale().height(rung);
        double bottom = top;
        for (double height : heights) {
            bottom = Double.isNaN(height) ? bottom : Math.max(bottom, height);
        }
        double most = 0.7 * (bodyHeight() - 2 * PAD) / Math.max(0.1, bottom - top);
        double to = Math.clamp(zoom, wholeZoom(), Math.max(wholeZoom(), most));
        return at(scroll, to, sideways).centred((top + bottom) / 2);
    }

    /** With all packets that prove the finding, where that is legible; else with one of them, the selected one if it is. */
    Viewport onProof(int selected) {
        int[] proof = picture.proof();
        double top = picture.scale().height(proof[0]);
        double rows = Math.max(1, (picture.scale().height(proof[proof.length - 1]) - top) * 1.2);
        double to = bodyHeight() / rows;
        if (to < LEGIBLE_PROOF) {
            return centredOn(selected >= 0 ? selected : proof[0]);
        }
        return at(scroll, Math.clamp(to, wholeZoom(), Math.max(wholeZoom(), USUAL_ZOOM * text)), sideways)
                .centred(top + rows / 2.4);
    }

    /** Whether a packet's first sighting is seen, and not just at the edge. */
    boolean sees(int rung) {
        double y = y(picture.scale().height(rung));
        return y > head() + PAD && y < height - PAD;
    }

    /** The rung of another ladder of the same packets that lies where this one's middle is. */
    int middleRung(LadderPicture other) {
        long time = picture.scale().timeAt(rowsAt(head() + bodyHeight() / 2));
        return Math.clamp(other.scale().firstSince(time), 0, other.rungs() - 1);
    }
}
