package phalanx.show.omnibox;

/** A line below the omnibox. */
sealed interface Suggestion {
    /** What stands on the left. */
    String title();

    /** What stands on the right: a description, or keys. */
    String detail();

    /** Completes what is typed. @param text the whole text then  @param caret where typing goes on */
    record Completion(String title, String detail, String text, int caret) implements Suggestion {}

    /** Does something. */
    record Act(String title, String detail, Runnable action) implements Suggestion {}
}
