package phalanx.app;

/** What the process ends with; scripts rely on it. */
final class ExitCode {
    static final int OK = 0,
            FINDINGS = 1,
            USAGE = 2,
            PARTLY_READ = 3,
            UNREADABLE = 4,
            FORBIDDEN = 5,
            CANCELLED = 6,
            INTERNAL = 70;

    private ExitCode() {}
}
