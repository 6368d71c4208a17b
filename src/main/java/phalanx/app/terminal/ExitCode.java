package phalanx.app.terminal;

/** What the process ends with; scripts rely on it. */
public final class ExitCode {
    /** Well; what was asked for does not hold; a wrong word; part of it; not readable; not allowed; given up; a fault of Phalanx. */
    public static final int OK = 0,
            FINDINGS = 1,
            USAGE = 2,
            PARTLY_READ = 3,
            UNREADABLE = 4,
            FORBIDDEN = 5,
            CANCELLED = 6,
            INTERNAL = 70;

    private ExitCode() {}
}
