package phalanx.show.charts;

/** Walks over the samples of a window, one column of pixels at a time. One thread. */
final class PixelColumns {
    private final Samples of;
    private final long origin;
    private final double width;
    private final int end;
    private int begin;
    private int behind;

    /** @param pixels width of a column */
    PixelColumns(Samples of, Window window, double pixels) {
        this.of = of;
        origin = window.range().fromNanos();
        width = Math.max(1, window.pixelNanos() * pixels);
        behind = of.from(origin);
        end = of.from(window.range().toNanos() + 1);
    }

    /** Samples in the window. */
    int total() {
        return end - of.from(origin);
    }

    /** Goes to the next column that has a sample; false behind the last. */
    boolean next() {
        begin = behind;
        if (begin >= end) {
            return false;
        }
        double column = Math.floor((of.nanos(begin) - origin) / width);
        long until = origin + (long) Math.ceil((column + 1) * width);
        behind = begin + 1;
        while (behind < end && of.nanos(behind) < until) {
            behind++;
        }
        return true;
    }

    /** Index of the first sample of the column. */
    int first() {
        return begin;
    }

    /** Index behind its last sample. */
    int end() {
        return behind;
    }

    /** Index of the smallest value of the column, the first of equals. */
    int smallest() {
        int best = begin;
        long least = of.value(best);
        for (int i = begin + 1; i < behind; i++) {
            long value = of.value(i);
            if (value < least) {
                best = i;
                least = value;
            }
        }
        return best;
    }

    /** Index of the largest value of the column, the first of equals. */
    int largest() {
        int best = begin;
        long most = of.value(best);
        for (int i = begin + 1; i < behind; i++) {
            long value = of.value(i);
            if (value > most) {
                best = i;
                most = value;
            }
        }
        return best;
    }
}
