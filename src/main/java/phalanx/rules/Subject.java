package phalanx.rules;

import java.util.Locale;

/** What a rule asks its question of, one by one. */
public enum Subject {
    /** Two neighbouring capture points and one direction. */
    SEGMENT,
    CONVERSATION,
    CAPTURE;

    /** {@code segment}, {@code conversation} or {@code capture}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
