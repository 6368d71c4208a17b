package phalanx.act;

/**
 * What came of carrying out a remedy, or of taking it back. Immutable, any thread.
 *
 * @param says one sentence
 * @param wayBack how it is taken back, for {@link Remedies#takeBack} and for people; empty where nothing was done
 */
public record Carried(Effect effect, String says, String wayBack) {
    static Carried done(String says, String wayBack) {
        return new Carried(Effect.DONE, says, wayBack);
    }

    static Carried failed(String says) {
        return new Carried(Effect.FAILED, says, "");
    }
}
