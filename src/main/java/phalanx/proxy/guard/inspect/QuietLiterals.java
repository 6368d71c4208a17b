package phalanx.proxy.guard.inspect;

/**
 * Which literals can tell nothing more at a place of a request, and up to where of the text: hostile texts repeat one literal a million
 * times. Only what was quieted is undone, so a clean text costs nothing. One thread.
 */
final class QuietLiterals {
    private final int[] upTo;
    private final int[] inText;
    private final int[] inRequest;
    private int texts;
    private int requests;

    QuietLiterals(int literals) {
        upTo = new int[literals];
        inText = new int[literals];
        inRequest = new int[literals];
    }

    /** For each literal the position in the text before which its ends tell nothing. Not to be changed. */
    int[] upTo() {
        return upTo;
    }

    /** Quiets a literal up to a position of this text. */
    void inText(int literal, int to) {
        if (to > 0 && upTo[literal] == 0) {
            inText[texts++] = literal;
        }
        upTo[literal] = to;
    }

    /** Quiets a literal for all texts of this request. */
    void inRequest(int literal) {
        upTo[literal] = Integer.MAX_VALUE;
        inRequest[requests++] = literal;
    }

    /** Another text begins. */
    void nextText() {
        for (int i = 0; i < texts; i++) {
            if (upTo[inText[i]] != Integer.MAX_VALUE) {
                upTo[inText[i]] = 0;
            }
        }
        texts = 0;
    }

    /** Another request begins. */
    void nextRequest() {
        for (int i = 0; i < requests; i++) {
            upTo[inRequest[i]] = 0;
        }
        requests = 0;
        nextText();
    }
}
