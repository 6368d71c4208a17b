package phalanx.diagnose;

import java.util.Locale;

/** How much somebody feels it, worst first. */
public enum Severity {
    /** Something does not work. */
    CRITICAL,
    /** Something works badly. */
    WARNING,
    /** A fact about the path or the captures that explains other things. */
    INFO;

    /** {@code critical}, {@code warning} or {@code info}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
