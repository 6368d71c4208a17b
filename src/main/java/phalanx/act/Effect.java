package phalanx.act;

/** What is known of an action. */
public enum Effect {
    DONE,
    /** It could not be carried out; nothing was changed. */
    FAILED,
    /** Nobody knows whether it was: it was cut off. */
    UNKNOWN
}
