package phalanx.proxy.guard.rules;

/** How bad it is that a rule holds, and the points that it adds unless the rule says otherwise (the Core Rule Set's). Any thread. */
public enum Severity {
    CRITICAL(5),
    ERROR(4),
    WARNING(3),
    NOTICE(2);

    private final int score;

    Severity(int score) {
        this.score = score;
    }

    public int score() {
        return score;
    }
}
