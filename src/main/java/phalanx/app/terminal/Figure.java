package phalanx.app.terminal;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of unknown size and unit, for people: ten digits that count, no zeros behind. */
public final class Figure {
    private static final MathContext DIGITS = new MathContext(10);
    private static final double LARGE = 1e15, SMALL = 1e-6;

    private Figure() {}

    /** As text, in powers of ten where it is very large or small. */
    public static String of(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        double size = Math.abs(value);
        return size != 0 && (size >= LARGE || size < SMALL) ? rounded.toString() : rounded.toPlainString();
    }
}
