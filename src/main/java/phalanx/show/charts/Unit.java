package phalanx.show.charts;

import java.util.Locale;
import phalanx.show.Words;

/** What a chart counts in, and how such a figure is written. Any thread. */
enum Unit {
    BITS_PER_SECOND,
    SECONDS,
    /** 0..1, written in per cent. */
    SHARE,
    BYTES,
    /** Bytes since the begin of the stream. */
    SEQUENCE,
    PER_SECOND,
    /** Whatever another tool counts in. */
    PLAIN;

    private static final double NANOS = 1e9;
    private static final String[] THOUSANDS = {"", "k", "M", "G", "T"};

    String text(double value) {
        if (value == 0) {
            return "0";
        }
        return switch (this) {
            case BITS_PER_SECOND -> scaled(value) + "bit/s";
            case SECONDS -> Words.language().duration(Math.round(value * NANOS));
            case SHARE -> String.format(Locale.ROOT, Math.abs(value) < 0.0995 ? "%.2g %%" : "%.0f %%", value * 100);
            case BYTES -> Words.language().count(Math.round(value)) + " B";
            case SEQUENCE -> Words.language().count(Math.round(value));
            case PER_SECOND -> scaled(value).strip() + "/s";
            case PLAIN ->
                Math.abs(value) < 0.01
                        ? String.format(Locale.ROOT, "%.2g", value)
                        : scaled(value).strip();
        };
    }

    /** The same for an axis, whose labels are round. */
    String label(double value) {
        return text(value).replaceFirst("\\.0+(?= )", "");
    }

    /** Three significant figures and a prefix of the SI: {@code 12.4 M}. */
    private static String scaled(double value) {
        int power = 0;
        double left = value;
        while (Math.abs(left) >= 999.5 && power + 1 < THOUSANDS.length) {
            left /= 1000;
            power++;
        }
        double size = Math.abs(left);
        String figures = String.format(Locale.ROOT, size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f", left);
        String plain = figures.contains(".") ? figures.replaceAll("\\.?0+$", "") : figures;
        return plain + " " + THOUSANDS[power];
    }
}
